import type { Violation } from '../core/problems/violation';
import { check, type Rule } from '../core/rules/rule';

export const RESERVED_NAMES_SOURCE =
  'https://learn.microsoft.com/azure/azure-resource-manager/troubleshooting/error-reserved-resource-name';

/** Words that are no name by themselves, and may be a part of one. */
const RESERVED_WORDS =
  'access|azure|bing|bizspark|biztalk|cortana|directx|dotnet|dynamics|excel|exchange|forefront|groove|hololens|hyperv|' +
  'kinect|lync|msdn|o365|office|office365|onedrive|onenote|outlook|powerpoint|sharepoint|skype|visio|visualstudio';

const RESERVED = new RegExp(`microsoft|windows|^login|^xbox|^(${RESERVED_WORDS})$`, 'i');

/** Whether Azure lets somebody have a name that the public can see, such as the first part of a host name. */
export function isFreeName(name: string): boolean {
  return !RESERVED.test(name);
}

/** What Azure lets nobody have as the name of what has a host name (ReservedResourceName); how it is written is another rule. */
export const freeResourceName: Rule<string> = {
  id: 'reserved-resource-name',
  must: "must be a name that does not contain 'microsoft' or 'windows', does not begin with 'login' or 'xbox', and is not reserved by Azure",
  source: RESERVED_NAMES_SOURCE,
  example: 'contososhop',
  holds: isFreeName,
  hint: 'Azure rejects the name',
  // what Azure rejects is more than what is documented of it, and not the same for every type
  canBeMeant: true,
};

/** The problems of a name, and if there are none, the one of a word that Azure reserves. */
export function withFreeName(problems: Violation[], property: string, name: string | undefined): Violation[] {
  return problems.length > 0 ? problems : check(freeResourceName, property, name);
}
