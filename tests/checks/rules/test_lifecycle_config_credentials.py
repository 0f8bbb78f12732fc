from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.checks.judged import found, resource

PARAMETERS = {"Password": {"Type": "String", "NoEcho": True}, "Bucket": {"Type": "String"}}
X = "x" * 36
LOOK_UP = "aws secretsmanager get-secret-value --query SecretString --output text"


def encoded(script: str) -> str:
    return base64.b64encode(f"#!/bin/bash\nset -eu\n{script}\n".encode()).decode()


def joined(text: str) -> dict[str, Any]:
    return {"Fn::Base64": {"Fn::Sub": f"#!/bin/bash\nset -eu\n{text}\n"}}


HARMLESS = {
    "a secret looked up": f"export DB_PASSWORD=$({LOOK_UP} --secret-id $SECRET)",
    "a secret looked up by its name": f"export DB_PASSWORD=$({LOOK_UP} --secret-id research/db)",
    "a secret looked up in quotes": f'DB_PASSWORD="$({LOOK_UP})"',
    "a secret looked up by backticks": f"DB_PASSWORD=`{LOOK_UP}`",
    "a variable": 'export HF_TOKEN="${TOKEN}"',
    "a variable in a URL": "pip config set global.index-url https://aws:${TOKEN}@pypi.example.com/simple",
    "a command in a URL": "git clone https://me:$(cat /run/token)@git.example.com/research.git",
    "a variable in a header": 'curl -H "Authorization: Bearer $TOKEN" https://api.example.com',
    "a variable for curl": 'curl -u "$NAME:$PASSWORD" https://api.example.com',
    "a variable for the profile": 'aws configure set aws_secret_access_key "$SECRET_ACCESS_KEY"',
    "a variable that must be there": ': "${HF_TOKEN:?HF_TOKEN must be set}"',
    "a password that is asked for": "read -s PASSWORD",
    "a comment": "# the password is in Secrets Manager",
    "a file": "export PASSWORD_FILE=/run/secrets/db",
    "a path": "export TOKEN_PATH=$HOME/.cache/token HF_TOKEN_PATH=/run/secrets/huggingface",
    "the ARN of a secret": "DB_SECRET_ARN=arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
    "the name of a secret": "DB_SECRET_NAME=research/database",
    "a name of AWS's": "SECRET_ID=arn:aws:secretsmanager:eu-west-1:111122223333:secret:db",
    "a password on standard input": "aws ecr get-login-password | docker login --username AWS --password-stdin 111122223333.dkr.ecr.eu-west-1.amazonaws.com",
    "metadata of the instance": 'curl -X PUT -H "X-aws-ec2-metadata-token-ttl-seconds: 21600" http://169.254.169.254/latest/api/token',
    "no token": "jupyter lab --ServerApp.token='' --ServerApp.password=''",
    "a tokenizer": "export TOKENIZERS_PARALLELISM=false HF_TOKENIZER=bert-base-uncased",
    "a number of tokens": "export MAX_TOKENS=128000",
    "the helper of CodeCommit": "git config --global credential.helper '!aws codecommit credential-helper $@'",
    "a port": "curl http://proxy.example.com:8080/simple@latest",
    "the id of a role": "echo AROAJQABLZS4A3QDU576Q",
    "a certificate": "-----BEGIN CERTIFICATE-----",
    "a public key": "-----BEGIN PUBLIC KEY-----",
    "a package": "pip install sk-learn pypi-simple slack-sdk",
}
CREDENTIALS = {
    "an access key": "aws configure set aws_access_key_id AKIAIOSFODNN7EXAMPLE",
    "an access key for a session": "X=ASIAIOSFODNN7EXAMPLE",
    "a secret access key": "aws configure set aws_secret_access_key wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY",
    "a secret access key in a file": "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
    "a password": "export DB_PASSWORD=hunter2",
    "a password in quotes": "export DB_PASSWORD='hunter2'",
    "a password in a few letters": "export DB_PASS=hunter2",
    "a passphrase": "export KEY_PASSPHRASE=hunter2",
    "a password by default": 'DB_PASSWORD="${DB_PASSWORD:-hunter2}"',
    "a password in JSON": '{"password": "hunter2"}',
    "a password in a comment": "# DB_PASSWORD=hunter2",
    "a password in single quotes": "DB_PASSWORD='$hunter2'",
    "an option": "mysql --password hunter2",
    "an option with an equals sign": "mysql --password=hunter2",
    "curl": "curl -u me:hunter2 https://api.example.com",
    "curl in words": "curl --user me:hunter2 https://api.example.com",
    "netrc": "echo machine git.example.com login me password hunter2 >> ~/.netrc",
    "pip": "pip config set global.index-url https://me:hunter2@packages.example.com/research",
    "git": "git clone https://me:hunter2@git.example.com/research.git",
    "a user by a variable": "psql postgresql://$DB_USER:hunter2@db.example.com/research",
    "a URL without a user": "export REDIS=redis://:hunter2@cache.example.com:6379",
    "GitHub": f"gh auth login --with {'ghp_' + X}",
    "GitHub, fine-grained": f"X={'github_pat_' + X}",
    "GitLab": f"X={'glpat-' + X}",
    "Hugging Face": f"huggingface-cli login {'hf_' + X}",
    "Slack": f"X={'xoxb-' + X}",
    "PyPI": f"X={'pypi-' + X}",
    "an API key": f"X={'sk-' + X}",
    "a JSON web token": f"X=eyJ{X}.eyJ{X}.{X}",
    "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    "a private key of SSH": "-----BEGIN OPENSSH PRIVATE KEY-----",
    "an authorization": "curl -H 'Authorization: Basic bWU6aHVudGVyMg==' https://api.example.com",
}
COMPLIANT = [
    *(pytest.param(encoded(line), id=name) for name, line in HARMLESS.items()),
    pytest.param(joined("export HF_TOKEN=${!TOKEN}"), id="a variable of the shell in a substitution"),
    pytest.param(joined("aws s3 sync s3://${Bucket}/start ."), id="a parameter that is no secret"),
    pytest.param(joined("export DB_SECRET=${Secret}"), id="where a secret of the stack is"),
]
NON_COMPLIANT = [
    *(pytest.param(encoded(line), "", id=name) for name, line in CREDENTIALS.items()),
    pytest.param(joined("export DB_PASSWORD=hunter2"), "", id="a password in a substitution"),
    pytest.param(joined("export DB_PASSWORD=${Password}"), "", id="a password by a parameter"),
    pytest.param(joined("curl --user me:${Password} https://api.example.com"), "", id="curl by a parameter"),
    pytest.param(
        joined("pip install -i https://me:${Password}@pypi.example.com/simple x"), "", id="a URL by a parameter"
    ),
    pytest.param(joined("DB_PASSWORD={{resolve:secretsmanager:db}}"), "", id="a password that is resolved"),
    pytest.param({"Fn::Base64": {"Fn::Join": ["", ["DB_PASS", "WORD=hunter2"]]}}, "", id="a password in pieces"),
    pytest.param("#!/bin/bash\nexport DB_PASSWORD=hunter2", "", id="a password that is not encoded"),
    pytest.param(
        base64.b64encode("# für\nDB_PASSWORD=hunter2".encode("latin-1")).decode(),
        "",
        id="a password in another encoding",
    ),
    pytest.param({"Ref": "Bucket"}, "[Unresolved]", id="a parameter"),
    pytest.param({"Fn::Base64": {"Ref": "Bucket"}}, "[Unresolved]", id="a parameter that is encoded"),
    pytest.param({"Fn::Base64": {"Fn::ImportValue": "a:Script"}}, "[Unresolved]", id="an export of no stack"),
    pytest.param(joined("${Bucket}"), "[Unresolved]", id="a line by a parameter"),
    pytest.param(
        {"Fn::If": ["IsTest", encoded("true"), encoded("DB_PASSWORD=hunter2")]}, "[Unresolved]", id="a condition"
    ),
]


def judged(content: Any) -> set[tuple[str, str, str]]:
    script = resource("StudioLifecycleConfig", StudioLifecycleConfigContent=content)
    resources = {"Start": script, "Secret": resource("SecretsManager.Secret")}
    findings = found(resources, Parameters=PARAMETERS)
    return {one for one in findings if one[0].startswith("LifecycleConfigCredentials")}


@pytest.mark.parametrize("content", COMPLIANT)
def test_compliant(content: Any) -> None:
    assert judged(content) == set()


@pytest.mark.parametrize(("content", "detail"), NON_COMPLIANT)
def test_non_compliant(content: Any, detail: str) -> None:
    findings = {(f"LifecycleConfigCredentials{detail}", "Start", "StudioLifecycleConfigContent")}
    assert judged(content) == findings
