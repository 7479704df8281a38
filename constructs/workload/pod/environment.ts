import type { DeploymentV1SpecTemplateSpecContainerEnv } from '@cdktf/provider-kubernetes/lib/deployment-v1';
import type { EnvValue } from './env-value';
import type { EnvOrigin } from './env-origin';
import { keyVaultSecretName } from '../../key-vault/key-vault-rules';
import { variablesName } from './key-vault-names';
import * as podRules from './pod-rules';
import * as rules from '../../kubernetes/kubernetes-rules';
import { literalText } from '../../core/values/literal-text';
import { gapInNameWarnings, gapInTextProblems } from '../../core/rules/gaps';
import { check, checkGiven } from '../../core/rules/rule';
import { isText } from '../../core/values/known';
import { type Violation, violation, when } from '../../core/problems/violation';

/** The environment variables of a container. */
export interface Environment {
  readonly [name: string]: EnvValue;
}

/** The names of the objects with the configuration of a workload. */
export interface ConfigNames {
  readonly configMap: string;
  readonly secret: string;
}

/** The variables in the manifest of a container. */
export function renderEnvironment(
  environment: Environment,
  names: ConfigNames,
  keyPrefix = '',
): DeploymentV1SpecTemplateSpecContainerEnv[] | undefined {
  const variables = Object.entries(environment).map(([name, value]) =>
    renderVariable(name, value, names, variableKey(name, keyPrefix)),
  );
  return variables.length === 0 ? undefined : variables;
}

/** The key of a variable's value in the ConfigMap or Secret, where fewer characters are allowed than in the name. */
export function variableKey(name: string, keyPrefix = ''): string {
  const key = name.replace(/[^-._a-zA-Z0-9]/g, hexadecimal);
  return `${keyPrefix}${keyPrefix === '' ? key.replace(/^\.(?=\.|$)/, hexadecimal) : key}`;
}

function hexadecimal(character: string): string {
  return `_${character.charCodeAt(0).toString(16)}_`;
}

/** The values for the workload's ConfigMap or Secret, by their keys. */
export function valuesFrom(
  source: EnvOrigin['source'],
  environment: Environment,
  keyPrefix = '',
): { [key: string]: string } {
  return Object.fromEntries(
    Object.entries(environment)
      .filter(([, { _origin }]) => _origin.source === source)
      .map(([name, { _origin }]) => [variableKey(name, keyPrefix), _origin.value]),
  );
}

export function environmentProblems(property: string, environment: Environment): Violation[] {
  return Object.entries(environment).flatMap(([name, { _origin }]) => [
    ...check(podRules.environmentName, property, name),
    ...originProblems(`${property}.${name}`, _origin),
  ]);
}

/** The pattern of the names of variables with secrets. */
const SECRET_NAME = /PASSWORD|PASSWD|SECRET|TOKEN|API_?KEY|PRIVATE_?KEY|CONNECTION_?STRING/i;

export function environmentWarnings(property: string, environment: Environment): Violation[] {
  return Object.entries(environment)
    .filter(([, { _origin }]) => ['literal', 'config'].includes(_origin.source) && isText(_origin.value))
    .flatMap(([name, { _origin }]) => [
      ...(SECRET_NAME.test(name) && _origin.value !== '' ? [plainSecret(`${property}.${name}`)] : []),
      ...gapInNameWarnings(`${property}.${name}`, _origin.value),
    ]);
}

function plainSecret(property: string): Violation {
  return violation(
    'secret-in-plain-text',
    `'${property}' looks like a secret, and the synthesized JSON contains it: use EnvValue.fromSecretValue, or rename it if it is not a secret`,
  );
}

/** The problem of a secret that is a literal, which the message does not show. */
export function secretProblems(property: string, value: string | undefined): Violation[] {
  return when(
    isText(value),
    'secret-not-literal',
    () =>
      `'${property}' must not be a literal, which the synthesized JSON would contain, got one of ${value?.length} ` +
      'characters: use a sensitive TerraformVariable or an attribute of a resource',
  );
}

function originProblems(property: string, { source, value, key }: EnvOrigin): Violation[] {
  switch (source) {
    case 'secret':
      return secretProblems(property, value);
    case 'field':
      return check(podRules.fieldPath, property, value);
    case 'secretKey':
      return [
        ...check(rules.objectName, `${property}.secretName`, value),
        ...check(podRules.configKey, `${property}.key`, key),
      ];
    case 'keyVault':
      return checkGiven(keyVaultSecretName, `${property}.secretName`, value);
    case 'literal':
    case 'config':
      return gapInTextProblems(property, value);
    default:
      return [];
  }
}

function renderVariable(
  name: string,
  { _origin: { source, value, key, keyVault } }: EnvValue,
  { configMap, secret }: ConfigNames,
  ownKey: string,
): DeploymentV1SpecTemplateSpecContainerEnv {
  switch (source) {
    case 'literal':
      return { name, value: literalText(value) };
    case 'config':
      return { name, valueFrom: { configMapKeyRef: { name: configMap, key: ownKey } } };
    case 'secret':
      return { name, valueFrom: { secretKeyRef: { name: secret, key: ownKey } } };
    case 'secretKey':
      return { name, valueFrom: { secretKeyRef: { name: value, key } } };
    case 'keyVault': {
      const kept = keyVault === undefined ? secret : variablesName(secret, keyVault);
      return { name, valueFrom: { secretKeyRef: { name: kept, key: value } } };
    }
    case 'field':
      return { name, valueFrom: { fieldRef: { fieldPath: value } } };
  }
}
