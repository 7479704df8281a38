import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestName } from '../../constructs/core/declared/nearest';
import * as azure from '../../constructs/azure/resource-name-rules';
import { dnsPrefix } from '../../constructs/cluster/cluster-rules';
import { displayName, uuid } from '../../constructs/identity/identity-rules';
import { gitCommit, gitFolder, gitRepository } from '../../constructs/registry/git-rules';
import * as pools from '../../constructs/cluster/node-pools/node-pool-rules';
import { imageReference, imageRepository, imageTag } from '../../constructs/workload/pod/image-rules';
import * as kubernetes from '../../constructs/kubernetes/kubernetes-rules';
import { location } from '../../constructs/azure/location-rules';
import { checkGiven, type Rule } from '../../constructs/core/rules/rule';
import { show } from '../../constructs/core/values/shown';
import { systemVmSize } from '../../constructs/cluster/node-pools/vm-size';

/** The settings of `main.ts`, which change its stacks without a change to the code. */
export interface Settings {
  /** The number of stacks: "one", as in the article, or "two", for the platform and the application. */
  readonly stacks: string;
  /**
   * Whether to import resources that were created by hand, as in the article, instead of creating them: "yes" or "no".
   * Requires a `subscriptionId`.
   */
  readonly adopt: string;
  /**
   * The subscription.
   *
   * @default - the value of `ARM_SUBSCRIPTION_ID` when Terraform runs
   */
  readonly subscriptionId?: string;
  readonly location: string;
  readonly resourceGroupName: string;
  readonly registryName: string;
  readonly clusterName: string;
  readonly dnsPrefix: string;
  /**
   * The identity that the cluster uses to manage Azure resources: "servicePrincipal", as in the article, or
   * "systemAssigned".
   */
  readonly clusterIdentity: string;
  readonly servicePrincipalName: string;
  readonly nodeCount: number;
  readonly vmSize: string;
  /** The prefix of the names of the application's Deployments and Services. */
  readonly appName: string;
  readonly frontReplicas: number;
  /**
   * The image of the front: "build" (the registry builds it), "pushed" (it is pushed to the registry), or an image
   * reference.
   */
  readonly frontImage: string;
  readonly imageRepository: string;
  readonly imageTag: string;
  readonly sourceRepository: string;
  readonly sourceCommit: string;
  /**
   * The folder with the Dockerfile.
   *
   * @default - the root of the repository
   */
  readonly sourceFolder?: string;
  /**
   * The location of a shared state: "resource group/storage account/container".
   *
   * @default - a local state in this folder
   */
  readonly stateIn?: string;
}

/** The settings and their problems; a setting with a problem has the example of its rule as its value. */
export interface SettingsResult {
  readonly settings: Settings;
  readonly problems: string[];
}

/** The key of the settings in the context of `cdktf.json`. */
const CONTEXT_KEY = 'cdktf-aks';
const ENVIRONMENT_PREFIX = 'CDKTF_AKS_';

type Setting =
  | { readonly type: 'string'; readonly rule: Rule<string>; readonly optional?: boolean }
  | { readonly type: 'number'; readonly rule: Rule<number>; readonly optional?: boolean };

const stacks: Rule<string> = {
  id: 'setting-stacks',
  must: 'must be "one" or "two"',
  source:
    'https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#stacking-with-managed-kubernetes-cluster-resources',
  example: 'one',
  holds: (value) => value === 'one' || value === 'two',
};

const adopt: Rule<string> = {
  id: 'setting-adopt',
  must: 'must be "yes" or "no"',
  source: 'https://developer.hashicorp.com/terraform/language/import',
  example: 'no',
  holds: (value) => value === 'yes' || value === 'no',
};

const clusterIdentity: Rule<string> = {
  id: 'setting-cluster-identity',
  must: 'must be "servicePrincipal" or "systemAssigned"',
  source: 'https://learn.microsoft.com/azure/aks/use-managed-identity',
  example: 'servicePrincipal',
  holds: (value) => value === 'servicePrincipal' || value === 'systemAssigned',
};

const frontImage: Rule<string> = {
  ...imageReference,
  id: 'setting-front-image',
  must: 'must be "build", "pushed" or an image reference',
  example: 'build',
};

const stateIn: Rule<string> = {
  id: 'setting-state-in',
  must: 'must be "<resource group>/<storage account>/<container>", with the naming rules of Azure',
  source: 'https://developer.hashicorp.com/terraform/language/backend/azurerm',
  example: 'terraform-state-rg/jminntfstate/tfstate',
  holds: (value) => /^[-\w.()]{0,89}[-\w()]\/[a-z0-9]{3,24}\/(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value),
};

const SETTINGS: { readonly [Name in keyof Required<Settings>]: Setting } = {
  stacks: { type: 'string', rule: stacks },
  adopt: { type: 'string', rule: adopt },
  subscriptionId: { type: 'string', rule: uuid, optional: true },
  location: { type: 'string', rule: location },
  resourceGroupName: { type: 'string', rule: azure.resourceGroupName },
  registryName: { type: 'string', rule: azure.registryName },
  clusterName: { type: 'string', rule: azure.clusterName },
  dnsPrefix: { type: 'string', rule: dnsPrefix },
  clusterIdentity: { type: 'string', rule: clusterIdentity },
  servicePrincipalName: { type: 'string', rule: displayName },
  nodeCount: { type: 'number', rule: pools.systemNodeCount },
  vmSize: { type: 'string', rule: systemVmSize },
  appName: { type: 'string', rule: kubernetes.namePrefix },
  frontReplicas: { type: 'number', rule: kubernetes.replicas },
  frontImage: { type: 'string', rule: frontImage },
  imageRepository: { type: 'string', rule: imageRepository },
  imageTag: { type: 'string', rule: imageTag },
  sourceRepository: { type: 'string', rule: gitRepository },
  sourceCommit: { type: 'string', rule: gitCommit },
  sourceFolder: { type: 'string', rule: gitFolder, optional: true },
  stateIn: { type: 'string', rule: stateIn, optional: true },
};

/**
 * Reads the settings from `cdktf.json`; environment variables override them.
 *
 * Not through the context of the app, which contains `cdktf.json` only when the cdktf command line runs the program.
 *
 * @param folder The folder of `cdktf.json`
 * @param environment For example `process.env`; an empty variable counts as not set
 */
export function readSettings(
  folder: string,
  environment: { readonly [name: string]: string | undefined },
): SettingsResult {
  const file = readContext(folder);
  const problems = [...file.problems, ...unknownProblems(file.values)];
  const settings: { [name: string]: unknown } = {};
  for (const [name, setting] of Object.entries(SETTINGS)) {
    const given = givenValue(name, setting, file.values, environment);
    const found = given.value === undefined && setting.optional ? [] : valueProblems(name, setting, given);
    settings[name] = found.length === 0 ? given.value : setting.rule.example;
    problems.push(...(file.problems.length === 0 ? found : []));
  }
  const result = settings as unknown as Settings;
  return { settings: result, problems: [...problems, ...adoptProblems(result)] };
}

/** Imported resources are identified by their ids, which contain the subscription. */
function adoptProblems(settings: Settings): string[] {
  return settings.adopt === 'yes' && settings.subscriptionId === undefined
    ? [
        `setting 'subscriptionId' must be given where 'adopt' is "yes", such as ${show(uuid.example)}, got nothing: ` +
          'it is part of the ids of what is adopted. `az account show --query id` tells it',
      ]
    : [];
}

/** The environment variable that overrides a setting: `nodeCount` is `CDKTF_AKS_NODE_COUNT`. */
export function environmentVariable(name: string): string {
  return ENVIRONMENT_PREFIX + name.replace(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase();
}

interface GivenValue {
  readonly value: unknown;
  readonly from: string;
}

function readContext(folder: string): { values: { readonly [name: string]: unknown }; problems: string[] } {
  const path = join(folder, 'cdktf.json');
  if (!existsSync(path)) {
    return { values: {}, problems: ['cdktf.json must stand beside main.ts, and there is none'] };
  }
  const { json, problems } = parse(readFileSync(path, 'utf8'));
  const context = isObject(json) ? json['context'] : undefined;
  const values = isObject(context) ? context[CONTEXT_KEY] : undefined;
  if (isObject(values)) {
    return { values, problems };
  }
  const missing = `cdktf.json must hold the settings as an object under context."${CONTEXT_KEY}"`;
  return { values: {}, problems: problems.length > 0 ? problems : [missing] };
}

function parse(text: string): { json?: unknown; problems: string[] } {
  try {
    return { json: JSON.parse(text), problems: [] };
  } catch (error) {
    const reason = error instanceof SyntaxError ? error.message : String(error);
    return { problems: [`cdktf.json must be JSON, and is none: ${reason}`] };
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownProblems(values: { readonly [name: string]: unknown }): string[] {
  return Object.keys(values)
    .filter((name) => !(name in SETTINGS))
    .map((name) => `'${name}' (cdktf.json) is no setting: ${remedyFor(name)}`);
}

function remedyFor(name: string): string {
  const names = Object.keys(SETTINGS);
  const near = nearestName(name, names);
  return near === undefined ? `the settings are ${names.join(', ')}` : `did you mean '${near}'?`;
}

function givenValue(
  name: string,
  { type }: Setting,
  values: { readonly [name: string]: unknown },
  environment: { readonly [name: string]: string | undefined },
): GivenValue {
  const variable = environmentVariable(name);
  const text = environment[variable];
  if (text === undefined || text === '') {
    return { value: values[name], from: 'cdktf.json' };
  }
  const isNumber = type === 'number' && /^-?[0-9]+(\.[0-9]+)?$/.test(text);
  return { value: isNumber ? Number(text) : text, from: `environment variable ${variable}` };
}

function valueProblems(name: string, setting: Setting, { value, from }: GivenValue): string[] {
  const rule = setting.rule as Rule<unknown>;
  return checkGiven(rule, name, value).map(({ message }) =>
    message.replace(`'${name}'`, `setting '${name}' (${from})`),
  );
}
