"""Holds the expectations of the tests of Sypht's Python client (0.5.19) against a service.

It sends what that client sends, with nothing but the standard library, so that it runs wherever Python
does. Prints a JSON object: what is expected, and whether it came true.

Usage: pythonClient.py <base URL> <client id> <client secret> <PDF file>
"""

import json
import sys
from base64 import b64encode
from http.client import HTTPConnection
from urllib.parse import quote_plus, urlencode, urlsplit
from uuid import UUID, uuid4

BASE_URL, CLIENT_ID, CLIENT_SECRET, PDF_FILE = sys.argv[1:]
JSON = {"Accept": "application/json", "Content-Type": "application/json"}
FORM = {"Content-Type": "application/x-www-form-urlencoded"}

outcomes = {}


def call(method, path, headers=None, body=None):
    """Like `requests`, http.client adds no Content-Type to a body."""
    connection = HTTPConnection(urlsplit(BASE_URL).netloc)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, json.loads(text) if text else None


def post_form(path, fields, file_field):
    boundary = uuid4().hex
    name = 'Content-Disposition: form-data; name="{}"'
    parts = [(name.format(key), str(value).encode()) for key, value in fields]
    with open(PDF_FILE, "rb") as file:
        parts.append((name.format(file_field) + '; filename="sample_invoice.pdf"', file.read()))
    body = b"".join(
        f"--{boundary}\r\n{head}\r\n\r\n".encode() + content + b"\r\n" for head, content in parts
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}", **bearer}
    return call("POST", path, headers, body + f"--{boundary}--\r\n".encode())


def upload(products, *more):
    return post_form("/fileupload", [("products", json.dumps(products)), *more], "fileToUpload")


def fetch_fields(file_id):
    _, answer = call("GET", "/result/final/" + file_id + "?verbose=true&timeout=20000", bearer)
    return {field["name"]: field["value"] for field in answer["results"]["fields"]}


def is_uuid4(text):
    return UUID(text, version=4).hex == text.replace("-", "")


def expect(title, is_met):
    outcomes[title] = bool(is_met)


client = {"client_id": CLIENT_ID, "grant_type": "client_credentials"}

legacy = {**client, "client_secret": CLIENT_SECRET, "audience": BASE_URL}
status, token = call("POST", "/oauth/token", FORM, urlencode(legacy))
expect("the legacy login succeeds", status == 200 and "error_description" not in token)

basic = b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
headers = {**FORM, "Accept": "application/json", "Authorization": "Basic " + basic}
status, token = call("POST", "/oauth2/token", headers, urlencode(client))
expect("the login succeeds", status == 200 and not token.get("error"))
expect("a token expires after some seconds", token["expires_in"] > 10)
bearer = {"Authorization": "Bearer " + token["access_token"]}

_, company = call("GET", "/app/company/byclientid/" + CLIENT_ID, {**JSON, **bearer})
company_id = company["id"]
expect("the company has an id", is_uuid4(company_id))

status, _ = upload(["sypht.incorrect"])
expect("test_with_wrong_fieldset: the upload is refused", not 200 <= status < 300)

_, uploaded = upload(["invoices:2"])
expect("test_data_extraction_1: the file id is a UUID 4", is_uuid4(uploaded["fileId"]))
invoice_fields = {"invoice." + name for name in ("dueDate", "total", "amountPaid", "amountDue")}
fields = fetch_fields(uploaded["fileId"])
expect("test_data_extraction_1: the fields are there", invoice_fields <= fields.keys())

_, uploaded = upload(["sypht.invoice", "sypht.bank"])
fields = fetch_fields(uploaded["fileId"])
expected = invoice_fields | {"bank.accountNo", "bank.bsb"}
expect("test_data_extraction_2: the fields are there", expected <= fields.keys())

status, uploaded = upload(["invoices"], ("parentDocId", uuid4()))
expect("test_parent_doc_id: the file id is a UUID 4", is_uuid4(uploaded["fileId"]))

status, created = post_form("/fileupload/v2/multipart", [("splitState", "created_by_split")], "file")
expect("test_create_file_with_data: there is a status", status == 200 and created["status"])

inputs = {"file_id": created["fileId"], "product_ids": ["invoices"]}
body = json.dumps({"step_id": None, "inputs": inputs})
for path in ("jobs", "invoke"):
    status, _ = call("POST", "/workflows/sypht.extract/" + path, bearer, body)
    expect(f"JSON without a Content-Type is accepted ({path})", status == 200)

_, uploaded = upload(["invoices"], ("tags", "first"), ("tags", "second"))
tags_path = f"/app/company/{company_id}/documents/{uploaded['fileId']}/tags"
_, tags = call("GET", tags_path, {**JSON, **bearer})
expect("two form fields are two tags", sorted(tags["tags"]) == ["first", "second"])

entity_path = f"/storage/{company_id}/entity/{quote_plus('my type')}/{quote_plus('a b+c')}"
call("PUT", entity_path, {**JSON, **bearer}, json.dumps({"name": "x"}))
_, entity = call("GET", entity_path, {**JSON, **bearer})
expect("an entity has its id back, blank included", entity["entity_id"] == "a b+c")

print(json.dumps(outcomes))
