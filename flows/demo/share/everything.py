"""Everything on the share, in the order in which it is made."""

from __future__ import annotations

from collections.abc import Callable

from flows.demo.scribe import Scribe
from flows.demo.share import (
    backup,
    care,
    correspondence,
    general,
    payroll,
    personnel,
    sales,
    systems,
    travel,
)

FILES: tuple[Callable[[Scribe], None], ...] = (
    sales.customer_list,
    sales.mailing_list,
    sales.contacts,
    sales.monthly_sales,
    sales.dealings,
    sales.letters,
    personnel.staff,
    personnel.my_numbers,
    personnel.applicants,
    personnel.forms,
    payroll.accounts,
    payroll.insurance,
    payroll.examinations,
    travel.trips,
    travel.tour,
    care.claims,
    care.claim_forms,
    care.prescriptions,
    general.identity_documents,
    general.stations,
    general.firms,
    general.municipalities,
    general.goods,
    systems.access_logs,
    systems.export_of_one,
    systems.batch_log,
    systems.handover,
    systems.members,
    systems.survey,
    systems.cloud_bill,
    systems.jobs,
    correspondence.voices,
    correspondence.one_mail,
    correspondence.inbox,
    backup.old_exports,
    backup.sealed,
)
