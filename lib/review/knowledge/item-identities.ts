import { own } from '../../terraform-json/json';

const VIRTUAL_MACHINE: Readonly<Record<string, readonly string[]>> = {
  os_profile: ['admin_username', 'computer_name'],
  os_profile_linux_config: ['disable_password_authentication'],
  os_profile_windows_config: ['enable_automatic_upgrades', 'provision_vm_agent', 'timezone'],
  storage_image_reference: ['id', 'offer', 'publisher', 'sku'],
};

/**
 * The attributes by which a provider identifies the items of a set, if these are not all attributes: an item in which only
 * other attributes change remains the same item.
 *
 * @see https://github.com/hashicorp/terraform-provider-azurerm/blob/v4.55.0/internal/services/legacy/virtual_machine_resource.go (Set)
 */
const IDENTITIES: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  azurerm_virtual_machine: VIRTUAL_MACHINE,
};

/** Whether an item of a set remains the same item when an attribute of it changes. */
export function keepsItem(type: string, set: string, attribute: string): boolean {
  const names = own(own(IDENTITIES, type) ?? {}, set);
  return names !== undefined && !names.includes(attribute);
}
