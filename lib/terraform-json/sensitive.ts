import { isWithin } from './paths';

/** Names of attributes, variables, environment variables and map keys whose values are secrets. */
const SECRET =
  /pass[_-]?(word|wd|phrase|code)|passwd|(^|[_-])(pwd|pw|pin|otp|cookie|authorization)$|(?<!by|com|sur|tres|over|under)pass$|masterauth|_auth$|secret|token|credential|(private|api|access|account|client|shared|storage|signing|encryption|master|primary|secondary|host|auth|ssh|functions|subscription)[_-]?key|conn(ection)?[_-]?str|sas[_-]?(url|token)|kube[_-]?config|protected_settings|custom_data|user_data|secure_|sensitive/i;

/** Names that mention a secret but mean something else, such as its name, its age or its existence. */
const ABOUT =
  /(_|-)(ids?|names?|refs?|enabled|types?|versions?|revision|interval|length|count|policy|path|paths|uri|format|ttl|seconds|minutes|hours|days|duration|lifetime|expiry|expiration|expires|date|provider|providers|mode|algorithm|usage|class|audience|permissions?|scopes?|prefix|namespace|command|cmd)$|^automount_|^get[_-]|^ssh_key$/i;

/** Blocks that mention a secret but do not contain it. */
const BLOCKS = [
  'secret',
  'secret_key_ref',
  'secret_ref',
  'image_pull_secrets',
  'image_pull_secret',
  'service_account_token',
];

/** Secret attributes whose names do not suggest it, by type. */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  kubernetes_secret: ['data', 'binary_data', 'data_wo', 'binary_data_wo'],
  kubernetes_secret_v1: ['data', 'binary_data', 'data_wo', 'binary_data_wo'],
  kubernetes_secret_v1_data: ['data'],
  helm_release: ['set_sensitive.value', 'set_wo.value'],
  // in the configuration of azurerm, a certificate with its private key.
  provider: ['client_certificate'],
  azurerm_key_vault_secret: ['value'],
  azurerm_key_vault_certificate: ['certificate.contents'],
  azurerm_container_registry_task: [
    'encoded_step.secret_values',
    'docker_step.secret_arguments',
    'file_step.secret_values',
  ],
  azurerm_automation_variable_string: ['value'],
  aws_ssm_parameter: ['value'],
  local_sensitive_file: ['content', 'content_base64'],
  docker_registry_image: ['auth_config'],
  google_secret_manager_secret_version: ['secret_data'],
  vault_generic_secret: ['data_json'],
};

/** The results by name: a program has thousands of values, and few names. */
const known = new Map<string, boolean>();

/** Whether a name suggests that its value is a secret. */
export function soundsSecret(name: string): boolean {
  let found = known.get(name);
  if (found === undefined) {
    found = SECRET.test(name) && !ABOUT.test(name);
    known.set(name, found);
  }
  return found;
}

/** Whether an attribute of a type is a secret, by the names in its path. */
export function isSecretPath(type: string, path: readonly string[]): boolean {
  const declared = Object.hasOwn(BY_TYPE, type) ? (BY_TYPE[type] ?? []) : [];
  const name = declared.length > 0 ? path.join('.') : '';
  return (
    declared.some((secret) => isWithin(name, secret)) ||
    path.some((key) => (soundsSecret(key) && !BLOCKS.includes(key)) || isWriteOnly(key))
  );
}

/** Blocks whose names end like those of write-only arguments. */
const BLOCKS_OF_WRITE_ONLY = ['set_wo'];

/**
 * Whether an argument is write-only: Terraform does not store it, since it is a secret.
 *
 * @see https://developer.hashicorp.com/terraform/language/manage-sensitive-data/write-only
 */
function isWriteOnly(name: string): boolean {
  return name.endsWith('_wo') && !BLOCKS_OF_WRITE_ONLY.includes(name);
}
