import type { Rule } from '../core/rules/rule';

const LIMITS = 'https://learn.microsoft.com/azure/azure-resource-manager/management/tag-resources#limitations';

/** The characters that tag names must not contain; Azure rejects control characters, too. */
const REFUSED = /[<>%&\\?/\p{Cc}]/u;

/** The name of a tag. The provider counts bytes. */
export const tagName: Rule<string> = {
  id: 'tag-name',
  must: 'must be the name of a tag: 1 to 512 bytes without control characters and <, >, %, &, \\, ?, /',
  source: LIMITS,
  example: 'costCenter',
  holds: (name) => name.trim() !== '' && Buffer.byteLength(name) <= 512 && !REFUSED.test(name),
};

/** The value of a tag. */
export const tagValue: Rule<string> = {
  id: 'tag-value',
  must: 'must be the value of a tag: at most 256 bytes',
  source: LIMITS,
  example: '4711',
  holds: (value) => Buffer.byteLength(value) <= 256,
};

/** A resource type that supports tags, as Terraform names it. */
export const taggedType: Rule<string> = {
  id: 'tagged-resource-type',
  must: 'must be a resource type of Terraform whose tags are Azure tags',
  source: 'https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs',
  example: 'azurerm_kubernetes_cluster',
  holds: (type) => /^azurerm_[a-z0-9_]+$/.test(type),
};

/** The priority of a change to tags. */
export const tagPriority: Rule<number> = {
  id: 'tag-priority',
  must: 'must be a whole number of at least 0',
  source: 'https://docs.aws.amazon.com/cdk/v2/guide/tagging.html#tagging-priorities',
  example: 300,
  holds: (priority) => Number.isSafeInteger(priority) && priority >= 0,
};

/** The largest number of tags of one resource. */
export const MAX_TAGS = 50;
