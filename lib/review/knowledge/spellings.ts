import { isExpression } from '../../terraform-json/expression';
import { canonical, isObject, own, type Json } from '../../terraform-json/json';
import { IGNORES_CASE } from './ignores-case';
import { quantityOf } from './quantity';

/** A kind of value that a provider compares by its meaning. */
interface Spelling {
  readonly provider: string;
  /** Whether the attribute at a path of a type has such values. */
  readonly isOf: (path: string, type: string) => boolean;
  /** The meaning of a text; undefined if it is not such a value. */
  readonly meaning: (text: string) => string | bigint | undefined;
  /** The source in the provider's code. */
  readonly source: string;
}

const AZURERM = 'https://github.com/hashicorp/terraform-provider-azurerm/tree/v4.55.0';
const KUBERNETES = 'https://github.com/hashicorp/terraform-provider-kubernetes/tree/v2.38.0';
const LOCATION =
  /(^|\.)([a-z_]*location|locations|geo_locations|region|replication_region|workspace_region|edge_zone)$/;

/** The attributes whose texts azurerm compares as JSON. */
const JSON_TEXT = new Set([
  ...['policy_rule', 'parameters', 'parameter_values', 'resource_groups', 'settings', 'protected_settings'],
  ...['data_json', 'template_data', 'main_template', 'create_ui_definition', 'extension_json', 'webhook_payload'],
  ...['vm_template', 'addon_json', 'interoperability_settings_json', 'schema_json', 'type_properties_json'],
  ...['activities_json', 'device_mapping_json', 'destination_fhir_mapping_json'],
]);

const SPELLINGS: readonly Spelling[] = [
  {
    provider: 'azurerm',
    isOf: (path) => LOCATION.test(path),
    meaning: (text) => text.toLowerCase().replace(/ /g, ''),
    source: `${AZURERM}/vendor/github.com/hashicorp/go-azure-helpers/resourcemanager/location`,
  },
  {
    provider: 'azurerm',
    isOf: (path, type) => own(IGNORES_CASE, type)?.split(' ').includes(path) === true,
    meaning: (text) => text.toLowerCase(),
    source: `${AZURERM}/internal/tf/suppress/deprecated_soon.go`,
  },
  {
    provider: 'azurerm',
    isOf: (path) => JSON_TEXT.has(path.split('.').at(-1) ?? ''),
    meaning: jsonOf,
    source: `${AZURERM}/internal/tf/pluginsdk/structure.go`,
  },
  {
    provider: 'kubernetes',
    isOf: (path) => /\.(limits|requests)\.[^.]+$|(^|\.)(hard|capacity)\.[^.]+$|\.size_limit$/.test(path),
    meaning: quantityOf,
    source: `${KUBERNETES}/kubernetes/diff_supress_funcs.go`,
  },
];

/** Whether two values of an attribute mean the same to the provider, although they are written differently. */
export function isSameSpelled(type: string, path: string, before: Json | undefined, after: Json | undefined): boolean {
  return [before, after].every(Array.isArray)
    ? sameLists(type, path, before as Json[], after as Json[])
    : sameTexts(type, path, before, after);
}

function sameLists(type: string, path: string, before: readonly Json[], after: readonly Json[]): boolean {
  return before.length === after.length && before.every((item, i) => sameTexts(type, path, item, after[i]));
}

function sameTexts(type: string, path: string, before: Json | undefined, after: Json | undefined): boolean {
  const [old, now] = [before, after].map((value) => (typeof value === 'number' ? String(value) : value));
  if (typeof old !== 'string' || typeof now !== 'string' || isExpression(old) || isExpression(now)) {
    return false;
  }
  const provider = type.split('_', 1)[0];
  return SPELLINGS.filter((spelling) => spelling.provider === provider && spelling.isOf(path, type)).some(
    ({ meaning }) => meaning(old) !== undefined && meaning(old) === meaning(now),
  );
}

function jsonOf(text: string): string | undefined {
  if (!/^\s*[{[]/.test(text)) {
    return undefined;
  }
  try {
    const value = JSON.parse(text) as Json;
    return isObject(value) || Array.isArray(value) ? canonical(value) : undefined;
  } catch {
    return undefined;
  }
}
