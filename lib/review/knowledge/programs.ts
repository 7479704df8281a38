import { at, blocks, listAt, listsAt, own, textAt, type JsonObject } from '../../terraform-json/json';
import type { Resource } from '../read/program';

/** The programs and requests that data sources run, in words by type. */
const DATA: Readonly<Record<string, (given: JsonObject) => string>> = {
  external: (given) => `runs ${command(listAt(given, 'program').join(' '))} wherever Terraform plans`,
  local_command: (given) =>
    `runs ${command([textAt(given, 'command'), ...listAt(given, 'arguments')].join(' '))} wherever Terraform plans`,
  shell_script: (given) => `runs ${command(textAt(given, 'lifecycle_commands.read'))} wherever Terraform plans`,
  http: (given) => `sends a request to ${textAt(given, 'url') ?? 'some server'} from wherever Terraform plans`,
  aws_lambda_invocation: (given) => `calls the function ${textAt(given, 'function_name') ?? ''} with every plan`,
  azapi_resource_action: (given) =>
    `calls the action ${textAt(given, 'action') ?? ''} of ${textAt(given, 'resource_id') ?? 'a resource'} with every plan`,
};

/** The program or request that a data source runs with every plan, in words; undefined if it only reads. */
export function programOf({ type, attributes }: Pick<Resource, 'type' | 'attributes'>): string | undefined {
  return own(DATA, type)?.(attributes);
}

/** What the provisioners of a resource do when it is created or destroyed, in words. */
export function provisionersOf({ meta }: Pick<Resource, 'meta'>, when: 'create' | 'destroy'): string[] {
  return blocks(meta['provisioner']).flatMap((provisioner) =>
    Object.entries(provisioner).flatMap(([kind, body]) =>
      blocks(body)
        .filter((one) => (textAt(one, 'when') === 'destroy') === (when === 'destroy'))
        .map((one) => doing(kind, one)),
    ),
  );
}

function doing(kind: string, given: JsonObject): string {
  if (kind === 'local-exec') {
    return `runs ${command(textAt(given, 'command'))} on the machine that applies`;
  }
  if (kind === 'remote-exec') {
    const commands = listsAt(given, ['inline', 'script', 'scripts']);
    return `runs ${command(commands.join('; '))} on ${textAt(at(given, 'connection'), 'host') ?? 'the new machine'}`;
  }
  return kind === 'file'
    ? `copies ${textAt(given, 'source') ?? 'a text'} to ${textAt(given, 'destination') ?? 'the new machine'}`
    : `runs the provisioner ${kind}`;
}

/** The arguments with which a resource runs or deploys something, by type. */
const RUN: Readonly<Record<string, readonly string[]>> = {
  azurerm_virtual_machine_extension: ['settings', 'protected_settings', 'type', 'publisher'],
  azurerm_virtual_machine_scale_set_extension: ['settings', 'protected_settings', 'type', 'publisher'],
  azurerm_virtual_machine_run_command: ['source'],
  azurerm_resource_deployment_script_azure_cli: ['script_content', 'primary_script_uri'],
  azurerm_resource_deployment_script_azure_power_shell: ['script_content', 'primary_script_uri'],
  azurerm_automation_runbook: ['content', 'publish_content_link'],
  azurerm_resource_group_template_deployment: ['template_content', 'parameters_content', 'template_spec_version_id'],
  azurerm_subscription_template_deployment: ['template_content', 'parameters_content', 'template_spec_version_id'],
  azurerm_management_group_template_deployment: ['template_content', 'parameters_content', 'template_spec_version_id'],
  azurerm_tenant_template_deployment: ['template_content', 'parameters_content', 'template_spec_version_id'],
  azurerm_kubernetes_flux_configuration: ['git_repository', 'bucket', 'blob_storage', 'kustomizations'],
  azurerm_kubernetes_cluster_extension: ['extension_type', 'release_train'],
  azurerm_arc_kubernetes_flux_configuration: ['git_repository', 'bucket', 'kustomizations'],
  azurerm_arc_kubernetes_cluster_extension: ['extension_type', 'release_train'],
  azurerm_logic_app_workflow: ['parameters', 'workflow_parameters'],
  azurerm_container_registry_cache_rule: ['source_repo'],
  azapi_resource_action: ['action', 'resource_id', 'body'],
  helm_release: ['repository', 'postrender'],
};

/** The arguments with which a resource runs or deploys something; none for most types. */
export function scriptsOf(type: string): readonly string[] {
  return own(RUN, type) ?? [];
}

/** A command in quotation marks, shortened if it is long. */
function command(text: string | undefined): string {
  const given = text ?? 'a command';
  return JSON.stringify(given.length > 120 ? `${given.slice(0, 120)}...` : given);
}
