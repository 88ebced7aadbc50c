"""顧客管理 (the CRM): a database whose every key is declared."""

from __future__ import annotations

from flows.demo import crm_rows
from flows.demo.stores.table import Table, day, moment, whole, words

_CUSTOMER = ("customers", "customer_id")
_EMPLOYEE = ("employees", "employee_id")

#: In an order in which every row a key refers to comes first.
TABLES = (
    Table(
        "employees",
        (
            whole("employee_id"),
            words("name"),
            words("name_kana"),
            words("department"),
            words("title"),
            words("email"),
            words("private_email"),
            day("hired_on"),
            whole("manager_id", refers_to=_EMPLOYEE),
        ),
        crm_rows.employees,
        ("employee_id",),
        people=True,
    ),
    Table(
        "customers",
        (
            whole("customer_id"),
            words("name"),
            words("name_kana"),
            words("gender"),
            day("birth_date"),
            words("postal_code"),
            words("address"),
            words("phone"),
            words("mobile"),
            words("email"),
            words("card_number"),
            whole("guardian_id", refers_to=_CUSTOMER),
            words("status"),
            moment("registered_at"),
        ),
        crm_rows.customers,
        ("customer_id",),
        people=True,
    ),
    Table(
        "contacts",
        (
            whole("contact_id"),
            words("company", decoy=True),
            words("corporate_number", decoy=True),
            words("department"),
            words("title"),
            words("name"),
            words("name_kana"),
            words("email"),
            words("phone"),
            words("mobile"),
            whole("owner_id", refers_to=_EMPLOYEE),
        ),
        crm_rows.contacts,
        ("contact_id",),
        people=True,
    ),
    Table(
        "products",
        (
            whole("product_id"),
            words("product_code", decoy=True),
            words("jan", decoy=True),
            words("name", decoy=True),
            whole("price"),
        ),
        crm_rows.products,
        ("product_id",),
    ),
    Table(
        "orders",
        (
            whole("order_id"),
            words("order_no", decoy=True),
            whole("customer_id", refers_to=_CUSTOMER),
            whole("staff_id", refers_to=_EMPLOYEE),
            moment("ordered_at"),
            whole("total"),
            words("recipient_name"),
            words("recipient_phone"),
            words("recipient_address"),
        ),
        crm_rows.orders,
        ("order_id",),
    ),
    Table(
        "order_items",
        (
            whole("order_id", refers_to=("orders", "order_id")),
            whole("product_id", refers_to=("products", "product_id")),
            whole("quantity"),
            whole("price"),
        ),
        crm_rows.order_items,
        ("order_id", "product_id"),
    ),
    Table(
        "inquiries",
        (
            whole("inquiry_id"),
            whole("customer_id", refers_to=_CUSTOMER),
            whole("handled_by", refers_to=_EMPLOYEE),
            moment("received_at"),
            words("channel"),
            words("subject"),
            words("memo"),
        ),
        crm_rows.inquiries,
        ("inquiry_id",),
    ),
)
