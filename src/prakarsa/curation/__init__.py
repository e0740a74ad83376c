"""Who may teach what: institutions and courses judged by experts, watched by monitors, with reasons and evidence."""
