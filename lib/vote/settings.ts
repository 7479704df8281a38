import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import leven from 'leven';
import { ValueRule } from '../../constructs';

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

/** A rule for a setting: one of the library, or one of this program. */
type SettingRule = Pick<ValueRule, 'example' | 'check'>;

interface Setting {
  readonly rule: SettingRule;
  readonly isOptional?: boolean;
}

function choice(one: string, other: string, example = one): SettingRule {
  return textRule(`must be "${one}" or "${other}"`, example, (value) => value === one || value === other);
}

function textRule(must: string, example: string, holds: (value: string) => boolean): SettingRule {
  return {
    example,
    check: (name, value) => {
      const found = value === undefined ? 'nothing' : JSON.stringify(value);
      const isRight = typeof value === 'string' && holds(value);
      return isRight ? [] : [`'${name}' ${must}, such as "${example}", got ${found}`];
    },
  };
}

const FRONT_IMAGE = textRule(
  'must be "build", "pushed" or an image reference',
  'build',
  (value) => ValueRule.IMAGE_REFERENCE.check('frontImage', value).length === 0,
);

/** @see https://developer.hashicorp.com/terraform/language/backend/azurerm */
const STATE_IN = textRule(
  'must be "<resource group>/<storage account>/<container>", with the naming rules of Azure',
  'terraform-state-rg/jminntfstate/tfstate',
  (value) => /^[-\w.()]{0,89}[-\w()]\/[a-z0-9]{3,24}\/(?!.*--)[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/.test(value),
);

const SETTINGS: { readonly [Name in keyof Required<Settings>]: Setting } = {
  stacks: { rule: choice('one', 'two') },
  adopt: { rule: choice('yes', 'no', 'no') },
  subscriptionId: { rule: ValueRule.UUID, isOptional: true },
  location: { rule: ValueRule.LOCATION },
  resourceGroupName: { rule: ValueRule.RESOURCE_GROUP_NAME },
  registryName: { rule: ValueRule.REGISTRY_NAME },
  clusterName: { rule: ValueRule.CLUSTER_NAME },
  dnsPrefix: { rule: ValueRule.DNS_PREFIX },
  clusterIdentity: { rule: choice('servicePrincipal', 'systemAssigned') },
  servicePrincipalName: { rule: ValueRule.DISPLAY_NAME },
  nodeCount: { rule: ValueRule.SYSTEM_NODE_COUNT },
  vmSize: { rule: ValueRule.SYSTEM_VM_SIZE },
  appName: { rule: ValueRule.NAME_PREFIX },
  frontReplicas: { rule: ValueRule.REPLICAS },
  frontImage: { rule: FRONT_IMAGE },
  imageRepository: { rule: ValueRule.IMAGE_REPOSITORY },
  imageTag: { rule: ValueRule.IMAGE_TAG },
  sourceRepository: { rule: ValueRule.GIT_REPOSITORY },
  sourceCommit: { rule: ValueRule.GIT_COMMIT },
  sourceFolder: { rule: ValueRule.GIT_FOLDER, isOptional: true },
  stateIn: { rule: STATE_IN, isOptional: true },
};

/**
 * Reads the settings from `cdktf.json`; environment variables override them.
 *
 * It does not use the context of the app, which contains `cdktf.json` only if the cdktf command line runs the program.
 *
 * @param folder The folder of `cdktf.json`
 * @param environment The environment variables, such as `process.env`; an empty variable counts as not set
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
    const found = given.value === undefined && setting.isOptional ? [] : valueProblems(name, setting, given);
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
        `setting 'subscriptionId' must be given where 'adopt' is "yes", such as "${String(ValueRule.UUID.example)}", got nothing: ` +
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
    return { values: {}, problems: ['cdktf.json must be in the folder of main.ts, and is missing'] };
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
    return { problems: [`cdktf.json must be JSON, and is not: ${reason}`] };
  }
}

function isObject(value: unknown): value is { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function unknownProblems(values: { readonly [name: string]: unknown }): string[] {
  return Object.keys(values)
    .filter((name) => !Object.hasOwn(SETTINGS, name))
    .map((name) => `'${name}' (cdktf.json) is no setting: ${remedyFor(name)}`);
}

function remedyFor(name: string): string {
  const names = Object.keys(SETTINGS);
  const near = nearest(name, names);
  return near === undefined ? `the settings are ${names.join(', ')}` : `did you mean '${near}'?`;
}

function nearest(name: string, names: readonly string[]): string | undefined {
  return names
    .map((one) => ({ one, distance: leven(one.toLowerCase(), name.toLowerCase()) }))
    .filter(({ one, distance }) => distance <= one.length / 3)
    .sort((one, other) => one.distance - other.distance)[0]?.one;
}

function givenValue(
  name: string,
  { rule }: Setting,
  values: { readonly [name: string]: unknown },
  environment: { readonly [name: string]: string | undefined },
): GivenValue {
  const variable = environmentVariable(name);
  const text = environment[variable];
  if (text === undefined || text === '') {
    return { value: values[name], from: 'cdktf.json' };
  }
  const isNumber = typeof rule.example === 'number' && /^-?[0-9]+(\.[0-9]+)?$/.test(text);
  return { value: isNumber ? Number(text) : text, from: `environment variable ${variable}` };
}

function valueProblems(name: string, { rule }: Setting, { value, from }: GivenValue): string[] {
  return rule.check(name, value).map((message) => message.replace(`'${name}'`, `setting '${name}' (${from})`));
}
