-- card: cards that probes walk with. They buy nothing.
ALTER TABLE card.card ADD COLUMN is_probe boolean NOT NULL DEFAULT false;
