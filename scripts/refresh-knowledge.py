#!/usr/bin/env python3
"""Writes the generated data files of core/knowledge from public sources.

    python3 scripts/refresh-knowledge.py --agent-repo ../amazon-ssm-agent
    python3 scripts/refresh-knowledge.py --check

Needs Python 3.10+ with the packages `moto` and `botocore` (any recent version; the versions used are written into the
files). `--agent-repo` is a clone of https://github.com/aws/amazon-ssm-agent with its tags; without it agent-versions.json
stays as it is.

    managed-policies.json  documents of the AWS managed policies, from moto/iam/aws_managed_policies.py (Apache-2.0)
    partitions.json        partitions and regions, from botocore/data/partitions.json (Apache-2.0)
    small-instances.json   instance types with less than 4 GiB of memory, from moto/ec2/resources/instance_types.json.gz
    agent-versions.json    releases of the agent by date of the tagged commit
    session-manager-plugin.json  latest, oldest supported and withdrawn releases of the plugin
    agent-buckets.json     buckets of AWS that the agent reads
    network-prices.json    hours and GB of interface endpoints and NAT gateways, from the AWS Price List

`--plugin-history` is a copy of the page that session-manager-plugin.json names as its source, in the Markdown that AWS
offers beside the HTML; without it the file stays as it is, and with it the parts kept by hand stay. `--patch-buckets` is the
same for agent-buckets.json.

`--price-list` is a folder with AmazonVPC.json and AmazonEC2.json, copies of
https://pricing.us-east-1.amazonaws.com/offers/v1.0/aws/<offer>/current/us-east-1/index.json; without it
network-prices.json stays as it is.

images.json, agent-features.json and distributions.json are kept by hand and name their sources.

`--check` writes nothing. It fails if a file differs from what the sources give, or if a policy, cut to the actions of
COVERED_ACTIONS, answers differently from the whole document for any of those actions.

Two runs on the same sources give the same bytes.
"""

import argparse
import datetime
import fnmatch
import gzip
import json
import re
import subprocess
import sys
from pathlib import Path

import botocore
import moto
from moto.iam.aws_managed_policies import aws_managed_policies_data

KNOWLEDGE = Path(__file__).resolve().parent.parent / "core" / "knowledge"

# The actions the cut documents answer for. A whole service stands as `service:*`.
COVERED_ACTIONS = [
    "ec2:DescribeInstanceStatus",
    "ec2:DescribeInstances",
    "ec2messages:*",
    "iam:PassRole",
    "kms:Decrypt",
    "kms:DescribeKey",
    "kms:Encrypt",
    "kms:GenerateDataKey",
    "logs:CreateLogGroup",
    "logs:CreateLogStream",
    "logs:DescribeLogGroups",
    "logs:DescribeLogStreams",
    "logs:PutLogEvents",
    "s3:GetBucketLocation",
    "s3:GetEncryptionConfiguration",
    "s3:GetObject",
    "s3:ListBucket",
    "s3:PutObject",
    "s3:PutObjectAcl",
    "ssm:*",
    "ssmmessages:*",
    "sts:AssumeRole",
]

# Service-linked roles own these; IAM refuses to attach them to any other role.
SERVICE_LINKED = "/aws-service-role/"

# Service principals that may assume a role for EC2. `ec2.amazonaws.com` works everywhere; the others are older
# names that these partitions still accept (aws-cdk region-info and eksctl's partition table).
EC2_PRINCIPALS = {
    "aws-cn": ["ec2.amazonaws.com.cn"],
    "aws-iso": ["ec2.c2s.ic.gov"],
    "aws-iso-b": ["ec2.sc2s.sgov.gov"],
}

# Prefixes of AWS service names of VPC endpoints beside `com.amazonaws`
# (aws-cdk InterfaceVpcEndpointAwsService.getDefaultEndpointPrefix).
ENDPOINT_PREFIXES = {
    "aws-cn": ["cn.com.amazonaws"],
    "aws-eusc": ["eu.amazonaws"],
    "aws-iso": ["gov.ic.c2s"],
    "aws-iso-b": ["gov.sgov.sc2s"],
    "aws-iso-e": ["uk.adc-e.cloud"],
    "aws-iso-f": ["gov.ic.hci.csp"],
}


def as_list(value):
    return value if isinstance(value, list) else [value]


def patterns_meet(left, right):
    """Whether two IAM action patterns (`*`, `?`, case-insensitive) have a match in common."""
    left, right = left.lower(), right.lower()
    seen = set()
    stack = [(0, 0)]
    while stack:
        i, j = stack.pop()
        if (i, j) in seen:
            continue
        seen.add((i, j))
        if i == len(left) and j == len(right):
            return True
        if i < len(left) and left[i] == "*":
            stack.append((i + 1, j))
            if j < len(right):
                stack.append((i, j + 1))
        if j < len(right) and right[j] == "*":
            stack.append((i, j + 1))
            if i < len(left):
                stack.append((i + 1, j))
        if i < len(left) and j < len(right) and "*" not in (left[i], right[j]):
            if left[i] == right[j] or "?" in (left[i], right[j]):
                stack.append((i + 1, j + 1))
    return False


def is_covered(pattern):
    return any(patterns_meet(pattern, covered) for covered in COVERED_ACTIONS)


def cut_statement(statement):
    """The statement for the covered actions alone, or None where it says nothing of them."""
    cut = {"Effect": statement["Effect"]}
    if "NotAction" in statement:
        # A pattern that meets no covered action changes nothing; one stays so that the list is never empty.
        excluded = as_list(statement["NotAction"])
        cut["NotAction"] = [pattern for pattern in excluded if is_covered(pattern)] or excluded[:1]
    else:
        cut["Action"] = [pattern for pattern in as_list(statement["Action"]) if is_covered(pattern)]
        if not cut["Action"]:
            return None
    for key in ("Resource", "NotResource", "Condition"):
        if key in statement:
            cut[key] = statement[key]
    if statement["Effect"] == "Deny" and "Sid" in statement:
        cut["Sid"] = statement["Sid"]
    return cut


def cut_document(document):
    statements = (cut_statement(statement) for statement in as_list(document["Statement"]))
    return [statement for statement in statements if statement is not None]


def source_policies():
    policies = json.loads(aws_managed_policies_data)
    return {
        policy["Path"].lstrip("/") + name: policy
        for name, policy in sorted(policies.items())
        if policy["Path"] != SERVICE_LINKED
    }


def managed_policies():
    sources = source_policies()
    cut = {name: cut_document(policy["Document"]) for name, policy in sources.items()}
    return {
        "asOf": max(policy["UpdateDate"] for policy in sources.values())[:10],
        "source": f"Python package moto {moto.__version__}, moto/iam/aws_managed_policies.py (Apache-2.0)",
        "coveredActions": COVERED_ACTIONS,
        "policies": {name: statements for name, statements in sorted(cut.items()) if statements},
        "grantNothingCovered": sorted(name for name, statements in cut.items() if not statements),
    }


def partitions():
    path = Path(botocore.__file__).parent / "data" / "partitions.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    return {
        "source": f"Python package botocore {botocore.__version__}, botocore/data/partitions.json (Apache-2.0); "
        "endpoint prefixes: aws-cdk-lib InterfaceVpcEndpointAwsService; principals: eksctl partitions.go",
        "partitions": [describe_partition(partition) for partition in sorted(data["partitions"], key=lambda p: p["id"])],
    }


def describe_partition(partition):
    name = partition["id"]
    outputs = partition["outputs"]
    return {
        "name": name,
        "regionPattern": partition["regionRegex"].replace("\\-", "-"),
        "regions": sorted(region for region in partition["regions"] if not region.endswith("-global")),
        "dnsSuffix": outputs["dnsSuffix"],
        "dualStackDnsSuffix": outputs["dualStackDnsSuffix"],
        "ec2Principals": ["ec2.amazonaws.com", *EC2_PRINCIPALS.get(name, [])],
        "endpointPrefixes": ["com.amazonaws", *ENDPOINT_PREFIXES.get(name, [])],
    }


# The most that the option minimumMemory of the rule instance-too-small can ask for.
SMALL_MIB = 4096


def small_instances():
    path = Path(moto.__file__).parent / "ec2" / "resources" / "instance_types.json.gz"
    types = json.loads(gzip.decompress(path.read_bytes()))
    memory = {name: details["MemoryInfo"]["SizeInMiB"] for name, details in types.items()}
    return {
        "source": f"Python package moto {moto.__version__}, moto/ec2/resources/instance_types.json.gz (Apache-2.0)",
        "knownTypes": len(memory),
        "belowMiB": SMALL_MIB,
        "memoryMiB": {name: size for name, size in sorted(memory.items()) if size < SMALL_MIB},
    }


def dated(name, data):
    """The data with `asOf`: its own date, or the day it changed here last where the source tells none."""
    if "asOf" in data:
        return data
    path = KNOWLEDGE / name
    before = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    unchanged = {key: value for key, value in before.items() if key != "asOf"} == data
    today = datetime.datetime.now(datetime.timezone.utc).strftime("%Y-%m-%d")
    return {"asOf": before["asOf"] if unchanged else today, **data}


def agent_versions(repository):
    def git(*arguments):
        return subprocess.run(
            ["git", "-C", repository, *arguments], check=True, capture_output=True, text=True
        ).stdout.splitlines()

    dates = {}
    for tag in git("tag", "--list"):
        match = re.fullmatch(r"v?(\d+(?:\.\d+){3})", tag)
        if match:
            # The author date: a version cannot have been built before the last change it holds was written.
            day = git("log", "-1", "--format=%as", tag)[0]
            dates[match[1]] = min(day, dates.get(match[1], day))
    ordered = sorted(dates.items(), key=lambda item: [int(part) for part in item[0].split(".")])
    return {
        "asOf": max(dates.values()),
        "source": "github.com/aws/amazon-ssm-agent, author date of the commit each release tag points to",
        "releases": [list(item) for item in ordered],
    }


def plugin_releases(page):
    text = Path(page).read_text(encoding="utf-8")
    minimum = re.search(r"minimum supported version is (\d+(?:\.\d+){3})", text)[1]
    rows = re.findall(r"^\| *(\d+(?:\.\d+){3}) *\| *(\w+ \d+, \d{4}) *\|(.*)$", text, re.MULTILINE)
    taken_back = [version for version, _, details in rows if "This version was deprecated" in details]
    offered = [(parts(version), version, date) for version, date, _ in rows if version not in taken_back]
    _, latest, date = max(offered)
    before = json.loads((KNOWLEDGE / "session-manager-plugin.json").read_text(encoding="utf-8"))
    day = datetime.datetime.strptime(date, "%B %d, %Y").strftime("%Y-%m-%d")
    return {
        **{key: value for key, value in before.items() if key != "asOf"},
        "latest": {"version": latest, "date": day},
        "minimum": minimum,
        "withdrawn": sorted((version for version in taken_back if parts(version) >= parts(minimum)), key=parts),
    }


def agent_buckets(page):
    """The buckets of patch baselines by region, which only for some regions end in the region's name."""
    text = Path(page).read_text(encoding="utf-8")
    section = text[text.rindex("managed patch baseline snapshots") :]
    before = json.loads((KNOWLEDGE / "agent-buckets.json").read_text(encoding="utf-8"))
    return {
        **{key: value for key, value in before.items() if key != "asOf"},
        "patchDocuments": re.findall(r"^- `(AWS-\w+)`", section, re.MULTILINE),
        "patchBaselines": dict(sorted(re.findall(r"\| *([a-z0-9-]+) *\| *(patch-baseline-snapshot-[a-z0-9-]+) *\|", section))),
    }


def parts(version):
    return [int(part) for part in version.split(".")]


# Usage types by offer. Those of EC2 name no region in us-east-1.
PRICES = {
    "AmazonVPC": ["USE1-VpcEndpoint-Hours", "USE1-VpcEndpoint-Bytes", "USE1-PublicIPv4:InUseAddress"],
    "AmazonEC2": ["NatGateway-Hours", "NatGateway-Bytes"],
}


def network_prices(folder):
    offers = {name: json.loads((Path(folder) / f"{name}.json").read_text(encoding="utf-8")) for name in PRICES}
    days = {name: offer["publicationDate"][:10] for name, offer in offers.items()}
    listed = " and ".join(f"{name} of {day}" for name, day in days.items())
    return {
        "asOf": min(days.values()),
        "source": f"AWS Price List, offers {listed}; "
        "https://aws.amazon.com/privatelink/pricing/ and https://aws.amazon.com/vpc/pricing/",
        "region": "us-east-1",
        "currency": "USD",
        "prices": {usage: price(offers[name], usage) for name, usages in PRICES.items() for usage in usages},
    }


def price(offer, usage):
    """US dollars for one unit, of the first tier."""
    [sku] = [sku for sku, product in offer["products"].items() if product["attributes"].get("usagetype") == usage]
    [term] = offer["terms"]["OnDemand"][sku].values()
    [first] = [part for part in term["priceDimensions"].values() if part.get("beginRange", "0") == "0"]
    return float(first["pricePerUnit"]["USD"])


def render(data):
    """JSON with one entry of each top-level list or map a line, so that a refresh gives a readable diff."""
    lines = []
    for key, value in data.items():
        if isinstance(value, dict):
            entries = [f"{compact(name)}: {compact(entry)}" for name, entry in value.items()]
            text = "{\n    " + ",\n    ".join(entries) + "\n  }"
        elif isinstance(value, list):
            text = "[\n    " + ",\n    ".join(compact(entry) for entry in value) + "\n  ]"
        else:
            text = compact(value)
        lines.append(f"  {compact(key)}: {text}")
    return "{\n" + ",\n".join(lines) + "\n}\n"


def compact(value):
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False, sort_keys=True)


def probes():
    """Every covered action; for the services covered whole, each action that any policy names and some that none does."""
    named = {
        pattern.lower()
        for policy in source_policies().values()
        for statement in as_list(policy["Document"]["Statement"])
        for pattern in as_list(statement.get("Action", statement.get("NotAction")))
        if re.fullmatch(r"(ssm|ssmmessages|ec2messages):\w+", pattern, re.IGNORECASE)
    }
    single = {action.lower() for action in COVERED_ACTIONS if not action.endswith("*")}
    unheard = {"ssm:unheardof", "ssmmessages:unheardof", "ec2messages:unheardof"}
    return sorted(named | single | unheard)


def answer(statements, action):
    """What the statements say of an action: effect and scope of each that speaks of it, in order."""
    said = []
    for statement in statements:
        listed = any(
            fnmatch.fnmatchcase(action, pattern.lower())
            for pattern in as_list(statement.get("Action", statement.get("NotAction")))
        )
        if listed != ("NotAction" in statement):
            scope = {key: statement.get(key) for key in ("Effect", "Resource", "NotResource", "Condition")}
            said.append(compact(scope))
    return said


def check_cut():
    wrong = []
    actions = probes()
    for name, policy in source_policies().items():
        whole = as_list(policy["Document"]["Statement"])
        cut = cut_document(policy["Document"])
        wrong += [f"{name}: {action}" for action in actions if answer(whole, action) != answer(cut, action)]
    return wrong


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--agent-repo", help="clone of aws/amazon-ssm-agent with tags")
    parser.add_argument("--plugin-history", help="copy of AWS's page plugin-version-history.md")
    parser.add_argument("--patch-buckets", help="copy of AWS's page patch-operations-s3-buckets.md")
    parser.add_argument("--price-list", help="folder with AmazonVPC.json and AmazonEC2.json of the AWS Price List")
    parser.add_argument("--check", action="store_true", help="compare only, write nothing")
    options = parser.parse_args()

    files = {
        "managed-policies.json": managed_policies(),
        "partitions.json": partitions(),
        "small-instances.json": small_instances(),
    }
    if options.agent_repo:
        files["agent-versions.json"] = agent_versions(options.agent_repo)

    if options.plugin_history:
        files["session-manager-plugin.json"] = plugin_releases(options.plugin_history)

    if options.patch_buckets:
        files["agent-buckets.json"] = agent_buckets(options.patch_buckets)

    if options.price_list:
        files["network-prices.json"] = network_prices(options.price_list)

    problems = [f"cut changes the meaning: {line}" for line in check_cut()]
    for name, data in files.items():
        path = KNOWLEDGE / name
        text = render(dated(name, data))
        if not options.check:
            path.write_text(text, encoding="utf-8")
            print(f"{name}: {len(text.encode())} bytes")
        elif not path.exists() or path.read_text(encoding="utf-8") != text:
            problems.append(f"{name} differs from its source")
    for problem in problems:
        print(problem, file=sys.stderr)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
