-- disbursement: surveys are paid as well.
ALTER TABLE disbursement.instruction
    DROP CONSTRAINT instruction_kind_check,
    ADD CONSTRAINT instruction_kind_known CHECK (kind IN ('incentive', 'survey')) NOT VALID;
