"""What is a credential in a script, and what only looks like one."""

from __future__ import annotations

import pytest

from constructs_lib.checks.credentials import credentials_in

CREDENTIALS = [
    "mysql -phunter2222 -u x",
    "sshpass -p hunter222 ssh x",
    "docker login -p hunter2222 -u x",
    "echo hunter222 | docker login --password-stdin r",
    'os.environ["API_KEY"] = "abcdef12345"',
    "export DB_PASS=hunter2x",
    'export PASSWORD="hunter2"',
    "aws configure set aws_secret_access_key abcdefghij",
    "pip config set global.index-url https://user:pw@x/",
    "curl -u me:secret1 https://x",
    "AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI",
    "dbPassword: hunter22",
    "DBPASSWORD=hunter22",
    "PASSWORD='$hunter2'",
    "//registry/:_authToken=npm_abcdefghijkabcdefghijk",
    "export TOKEN=abcdef123",
]
NONE = [
    "pip install secretstorage==3.3.3",
    "credential_source = EcsContainer",
    "credential_process = /usr/bin/foo",
    "secret_version=AWSCURRENT",
    "PRIVATE_KEY_BITS=4096000",
    "access_key_count=1234567",
    "token_type: bearer",
    "PasswordAuthentication: disabled",
    "--pass-through=yes1234",
    "secretsmanager:GetSecretValue",
    "password = getpass.getpass()",
    'password=os.environ["PW"]',
    'token = json.load(f)["token"]',
    'secrets = boto3.client("secretsmanager")',
    'api_key = get_secret("x")',
    "password: ********",
    "TOKEN=$(aws secretsmanager get-secret-value --secret-id mlops/registry --query SecretString)",
    "MAX_TOKENS=1000000",
    "TOKENIZERS_PARALLELISM=false",
    "DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:1:secret:x",
    "DB_PASSWORD_FILE=/run/secrets/db",
    "read -s PASSWORD",
    "# the password is in Secrets Manager",
    "docker login --password-stdin registry.example.com",
    "PWD=/home/sagemaker-user",
    "HF_TOKEN_PATH=/home/x/token",
    "export TOKEN=${TOKEN:-}",
    'curl -H "Authorization: Bearer $TOKEN" x',
    "set -o pipefail; cd /home; pass_through=1",
]


@pytest.mark.parametrize("line", CREDENTIALS)
def test_a_credential(line: str) -> None:
    assert [number for number, _ in credentials_in(f"#!/bin/bash\n{line}\n")] == [2]


@pytest.mark.parametrize("line", NONE)
def test_no_credential(line: str) -> None:
    assert list(credentials_in(line)) == []
