import { isObject, own, sameJson, textAt, type Json, type JsonObject } from '../../terraform-json/json';
import { maskValue } from '../mask/mask-value';
import type { Stack } from '../read/program';
import { maskedRow, names, row, type Row } from './row';

/** The settings of backends about access to the state and its protection, and not about its location. */
const NO_PLACE =
  /^(encrypt|kms_\w+|sse_\w+|dynamodb_\w+|use_\w+|lock\w*|unlock_\w+|skip_\w+|access_key|secret_key|sas_token|token|profile|shared_\w+|client_\w+|oidc_\w+|ado_\w+|msi_\w+|snapshot|assume_role\w*|credentials|access_token|impersonate_\w+|encryption_key|username|password|retry_\w+|max_retries|insecure|acl)$/;

/** The settings that protect a state, each with the consequence of its removal. */
const GUARDS: readonly {
  readonly names: RegExp;
  readonly isOff: (value: string | undefined) => boolean;
  text: string;
}[] = [
  {
    names: /^(encrypt|kms_key_id|kms_encryption_key|encryption_key|sse_customer_key)$/,
    isOff: (value) => value === undefined || value === 'false',
    text: 'the state is stored without this encryption, with every secret in it',
  },
  {
    names: /^(dynamodb_table|use_lockfile|lock_address|lock)$/,
    isOff: (value) => value === undefined || value === 'false',
    text: 'nothing locks the state: two applies at once can destroy it',
  },
  {
    names: /^(use_azuread_auth|use_oidc|use_msi)$/,
    isOff: (value) => value === undefined || value === 'false',
    text: 'the state is reached with keys that do not expire',
  },
  {
    names: /^(skip_tls_verify|skip_cert_verification|skip_s3_checksum|insecure)$/,
    isOff: (value) => value === 'true',
    text: 'what is in between can read the state and change it',
  },
];

/** The backend of the state, without the folder of a local state, which depends on the machine that synthesized it. */
export function backendOf(stack: Stack): Json | undefined {
  const [type, config] = configOf(stack);
  if (type === undefined || type === 'local') {
    return type;
  }
  return { type, ...(maskValue('backend', [], config) as JsonObject) };
}

/** The location of the state, without the settings about access to it. */
export function placeOf(stack: Stack): Json | undefined {
  const [type, config] = configOf(stack);
  if (type === undefined) {
    return undefined;
  }
  if (type === 'local') {
    const file = (textAt(config, 'path') ?? 'terraform.tfstate').split(/[\\/]/).at(-1) ?? '';
    return { type, file };
  }
  const entries = Object.entries(config).filter(([name]) => !NO_PLACE.test(name));
  return { type, ...Object.fromEntries(entries) };
}

/** The changes of the location of the state, its protection and the access to it. */
export function backendRows(base: Stack, head: Stack): Row[] {
  const isDeployed = base.resources.size > 0;
  const note = isDeployed ? 'the state moves: without a migration, everything is created a second time' : undefined;
  const [[, before], [, after]] = [configOf(base), configOf(head)];
  if (!sameJson(placeOf(base), placeOf(head))) {
    const [old, now] = [backendOf(base), backendOf(head)];
    return sameJson(old, now)
      ? row('backend', 'state', placeOf(base), placeOf(head), note)
      : row('backend', 'state', old, now, note);
  }
  return names(before, after)
    .filter((name) => NO_PLACE.test(name))
    .flatMap((name) => {
      const mask = (value: Json) => maskValue('backend', [name], value);
      const found = maskedRow('backend', `state: ${name}`, own(before, name), own(after, name), mask);
      const [old, now] = [before, after].map((config) => textAt(config, name));
      const guard = GUARDS.find(({ names: guarded, isOff }) => guarded.test(name) && isOff(now) && !isOff(old));
      return guard === undefined ? found : found.map((one) => ({ ...one, concern: 'guard', note: guard.text }));
    });
}

function configOf(stack: Stack): [string | undefined, JsonObject] {
  const [type, config] = Object.entries(stack.backends)[0] ?? [];
  const [first] = Array.isArray(config) ? config : [config];
  return [type, isObject(first) ? first : {}];
}
