-- What every certificate says, and the credential that shall prove it.
SELECT number, facts, credential FROM certificate.certificate ORDER BY certificate_id
