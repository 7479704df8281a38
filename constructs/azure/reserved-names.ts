import type { Violation } from '../core/problems/violation';
import { check, type Rule } from '../core/rules/rule';

export const RESERVED_NAMES_SOURCE =
  'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name';

/** Words that are reserved as whole names, but may be part of one. */
const RESERVED_WORDS =
  'access|azure|bing|bizspark|biztalk|cortana|directx|dotnet|dynamics|excel|exchange|forefront|groove|hololens|hyperv|' +
  'kinect|lync|msdn|o365|office|office365|onedrive|onenote|outlook|powerpoint|sharepoint|skype|visio|visualstudio';

const RESERVED = new RegExp(`microsoft|windows|^login|^xbox|^(${RESERVED_WORDS})$`, 'i');

/** Whether Azure allows a publicly visible name, such as the first part of a host name. */
export function isFreeName(name: string): boolean {
  return !RESERVED.test(name);
}

/**
 * Names that Azure reserves (ReservedResourceName), for resources with a host name. The syntax of names is another
 * rule.
 */
export const freeResourceName: Rule<string> = {
  id: 'reserved-resource-name',
  must: "must be a name that does not contain 'microsoft' or 'windows', does not begin with 'login' or 'xbox', and is not reserved by Azure",
  source: RESERVED_NAMES_SOURCE,
  example: 'contososhop',
  holds: isFreeName,
  hint: 'Azure rejects the name',
  // Azure rejects more names than it documents, and not the same for every type
  canBeMeant: true,
};

/** The problems of a name or, if there are none, that of a word that Azure reserves. */
export function withFreeName(problems: Violation[], property: string, name: string | undefined): Violation[] {
  return problems.length > 0 ? problems : check(freeResourceName, property, name);
}
