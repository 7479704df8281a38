import { KubernetesProvider } from '@cdktf/provider-kubernetes/lib/provider';
import type { TerraformStack } from 'cdktf';
import {
  ContainerImage,
  DaemonSet,
  KubernetesNamespace,
  Problems,
  VoteApp,
  Worker,
  Workload,
  type WorkloadProps,
} from '../../../constructs';
import type { JsonObject } from '../../../lib/terraform-json/json';
import { review } from '../../../lib/review';
import { brokenInvariants } from '../../terraform-invariants';
import { type Block, type Json, synth, testStack, token } from '../../util';

const image = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

interface Check {
  readonly data: { readonly kubernetes_resource: { readonly [name: string]: Block } };
  readonly assert: readonly { readonly condition: string; readonly error_message: string }[];
}

function checksOf(json: Json): Check[] {
  return Object.values((json as { readonly check?: { readonly [name: string]: Check } }).check ?? {});
}

/** What a check reads. */
function readBy(check: Check | undefined): Block {
  const [read] = Object.values(check?.data.kubernetes_resource ?? {});
  return read!;
}

function workload(stack: TerraformStack, props: Partial<WorkloadProps> = {}): Workload {
  return new Workload(stack, 'web', { name: 'web', image, containerPort: 80, rollout: { check: true }, ...props });
}

describe('the check of a rollout', () => {
  test('is not there unless it is asked for', () => {
    const stack = testStack();

    workload(stack, { rollout: {} });

    expect(checksOf(synth(stack))).toEqual([]);
  });

  test('reads the Deployment when it has been changed, and says how far it is', () => {
    const stack = testStack();

    workload(stack, { deploymentName: 'web-deployment', namespace: 'shop' });

    const json = synth(stack);
    const [check] = checksOf(json);
    expect(Problems.of(stack)).toEqual([]);
    expect(readBy(check)).toEqual({
      api_version: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web-deployment', namespace: 'shop' },
      depends_on: [`kubernetes_deployment_v1.${Object.keys(json.resource!.kubernetes_deployment_v1!)[0]}`],
    });
    expect(check?.assert[0]?.error_message).toMatch(
      /^the rollout of Deployment web-deployment in shop is not complete: \$\{.+\} of \$\{.+\} pods are new, \$\{.+\} are available$/,
    );
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('is one for each controller, of whatever construct', () => {
    const stack = testStack();

    workload(stack);
    new Worker(stack, 'worker', { name: 'worker', image, rollout: { check: true } });
    new VoteApp(stack, 'vote', { namePrefix: 'vote', front: { image, rollout: { check: true } } });

    const names = checksOf(synth(stack)).map((check) => readBy(check).metadata);
    expect(names).toEqual(['vote-front', 'web', 'worker'].map((name) => ({ name, namespace: 'default' })));
  });

  test('counts the nodes of a DaemonSet', () => {
    const stack = testStack();

    new DaemonSet(stack, 'agent', { name: 'agent', image, rollout: { check: true } });

    const json = synth(stack);
    const [check] = checksOf(json);
    expect(readBy(check)).toMatchObject({ kind: 'DaemonSet', metadata: { name: 'agent', namespace: 'default' } });
    const object = `data.kubernetes_resource.${Object.keys(check!.data.kubernetes_resource)[0]}.object`;
    const count = (field: string): string => `coalesce(try(${object}.status.${field}, 0), 0)`;
    expect(check?.assert[0]).toEqual({
      condition:
        `\${try(${object}.status.observedGeneration, 0) == try(${object}.metadata.generation, -1) && ` +
        `${count('updatedNumberScheduled')} == ${count('desiredNumberScheduled')} && ` +
        `${count('numberAvailable')} == ${count('updatedNumberScheduled')}}`,
      error_message:
        `the rollout of DaemonSet agent in default is not complete: \${${count('updatedNumberScheduled')}} of ` +
        `\${${count('desiredNumberScheduled')}} pods are new, \${${count('numberAvailable')}} are available`,
    });
    expect(brokenInvariants(json)).toEqual([]);
  });

  test('reads with the provider of its cluster, in a namespace that the stack makes, by a name of Terraform', () => {
    const stack = testStack();
    const provider = new KubernetesProvider(stack, 'other', { alias: 'other' });
    const { namespaceName } = new KubernetesNamespace(stack, 'namespace', { namespaceName: 'shop', provider });

    workload(stack, { provider, namespace: namespaceName, deploymentName: token(stack).stringValue });

    const [check] = checksOf(synth(stack));
    expect(readBy(check)).toMatchObject({
      provider: 'kubernetes.other',
      metadata: {
        name: '${var.token}',
        namespace: expect.stringMatching(
          /^\$\{kubernetes_namespace_v1\.namespace_\w+\.metadata\[0\]\.name\}$/,
        ) as string,
      },
    });
    expect(check?.assert[0]?.error_message).toContain('Deployment ${var.token} in ${kubernetes_namespace_v1');
  });

  test('changes nothing that a review shows', () => {
    const [without, checked] = [{}, { check: true }].map((rollout) => {
      const stack = testStack();
      workload(stack, { rollout });
      return [{ name: 'stack', files: [synth(stack) as JsonObject], sources: {} }];
    });

    expect(review(without, checked!).changes).toEqual([]);
  });
});
