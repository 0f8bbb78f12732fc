// Decides cases as IAM would: for each line {"policies": {name: document}, "cases": [...]} on stdin, a line with a list
// of outcomes on stdout.
// An outcome is {"decision": ...}, or {"error": ...} wherever the simulator would answer another question than asked.
import { createInterface } from "node:readline";

import {
  isConditionKeyArray,
  runSimulation,
  runUnsafeSimulation,
  typeForContextKey,
} from "@cloud-copilot/iam-simulate";

const listed = (value) => (value === undefined ? [] : [value].flat());

// The simulator reads a resource that is no ARN as a wildcard; IAM refuses the policy.
const noResources = (document) =>
  listed(document.Statement)
    .flatMap((statement) => [...listed(statement.Resource), ...listed(statement.NotResource)])
    .filter((resource) => typeof resource === "string" && resource !== "*" && !/^arn(:[^:]*){4}:./.test(resource));

// The validated mode drops what a service puts into its policy variables, so that a statement with one never matches.
const serviceVariables = (document) => JSON.stringify(document).match(/\$\{(?!aws:)[a-z][^}]*\}/g) ?? [];

// The validated mode keeps only the first of several values that are given to a key with one value.
async function excessKeys(context) {
  const excess = [];
  for (const [key, value] of Object.entries(context))
    if (Array.isArray(value) && !isConditionKeyArray(await typeForContextKey(key))) excess.push(key);
  return excess;
}

const refuse = (reason, details) => {
  if (details.length) throw new Error(`${reason}: ${details.join(", ")}`);
};

function decideUnvalidated(simulation) {
  if (simulation.resourcePolicy) throw new Error("only the validated mode takes a resource policy");
  return runUnsafeSimulation(simulation, {});
}

async function decideValidated(simulation) {
  refuse("keys with one value only", await excessKeys(simulation.request.contextVariables));
  const outcome = await runSimulation(simulation, {});
  if (outcome.resultType !== "single") throw new Error(`${outcome.resultType} ${JSON.stringify(outcome.errors ?? "")}`);
  refuse("keys that the action does not support", outcome.result.ignoredContextKeys);
  return outcome.overallResult;
}

async function decide(asked, policies) {
  const { identityPolicies, resourcePolicy, action, principal, resource, resourceAccount, context, validated } = asked;
  for (const name of identityPolicies) {
    refuse("resources that are no ARNs", noResources(policies[name]));
    if (validated) refuse("variables that only the unvalidated mode knows", serviceVariables(policies[name]));
  }
  const simulation = {
    request: { action, principal, resource: { resource, accountId: resourceAccount }, contextVariables: context },
    identityPolicies: identityPolicies.map((name) => ({ name, policy: policies[name] })),
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    resourcePolicy: resourcePolicy === null ? undefined : policies[resourcePolicy],
  };
  return validated ? decideValidated(simulation) : decideUnvalidated(simulation);
}

for await (const line of createInterface({ input: process.stdin })) {
  const { policies, cases } = JSON.parse(line);
  const outcomes = [];
  for (const asked of cases) {
    try {
      outcomes.push({ decision: await decide(asked, policies) });
    } catch (error) {
      outcomes.push({ error: error.message });
    }
  }
  process.stdout.write(JSON.stringify(outcomes) + "\n");
}
