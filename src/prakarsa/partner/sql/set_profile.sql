INSERT INTO partner.profile (partner_id, legal_form, founded_on, business_number, tax_number, provinces_served,
                             integration_certified_on, platform_contract, changed_at)
VALUES (%(partner_id)s, %(legal_form)s, %(founded_on)s, %(business_number)s, %(tax_number)s, %(provinces_served)s,
        %(integration_certified_on)s, %(platform_contract)s, %(now)s)
    ON CONFLICT (partner_id) DO UPDATE
   SET legal_form = excluded.legal_form,
       founded_on = excluded.founded_on,
       business_number = excluded.business_number,
       tax_number = excluded.tax_number,
       provinces_served = excluded.provinces_served,
       integration_certified_on = excluded.integration_certified_on,
       platform_contract = excluded.platform_contract,
       changed_at = excluded.changed_at
