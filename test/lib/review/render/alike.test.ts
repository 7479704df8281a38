import { renderMarkdown, renderTerminal, review, depict } from '../../../../lib/review';
import { pageOf } from '../../../../lib/review/page/page';
import type { StackFiles } from '../../../../lib/terraform-json/read';
import type { JsonObject } from '../../../../lib/terraform-json/json';
import { HeapedDrawings } from '../drawing/heaped';
import { stack, VERSIONS } from '../fixtures';

const ENVIRONMENTS = ['dev', 'test', 'prod'];

interface Choice {
  readonly nodes: number;
  readonly tag: string;
  readonly role: string;
  readonly type: string;
}

const NOW: Choice = { nodes: 2, tag: 'v1', role: 'AcrPull', type: 'ClusterIP' };

/** The same program in each environment, with different names. */
function environments(choose: (environment: string) => Choice): StackFiles[] {
  return ENVIRONMENTS.map((environment) => {
    const { nodes, tag, role, type } = choose(environment);
    const at = (place: string): JsonObject => ({ metadata: { path: `${environment}/${place}/Resource` } });
    const resource = {
      azurerm_kubernetes_cluster: {
        c: { '//': at('cluster'), name: `${environment}-aks`, default_node_pool: { node_count: nodes } },
      },
      azurerm_role_assignment: { r: { '//': at('role'), principal_id: 'p', scope: 's', role_definition_name: role } },
      kubernetes_service_v1: {
        s: { '//': at('service'), metadata: { name: 'web' }, spec: { type, port: { port: 80 } } },
      },
      kubernetes_deployment_v1: {
        d: {
          '//': at('web'),
          metadata: { name: 'web' },
          spec: { template: { spec: { container: { name: 'web', image: `${environment}.azurecr.io/web:${tag}` } } } },
        },
      },
    };
    return stack(
      { resource, terraform: { required_providers: VERSIONS }, output: { nodes: { value: nodes } } },
      { name: environment },
    );
  });
}

const BEFORE = environments(() => NOW);

test('what is alike in all stacks is said once', () => {
  const found = review(
    BEFORE,
    environments(() => ({ ...NOW, nodes: 3 })),
  );
  const text = renderTerminal(found, false);
  expect(text).toContain('update 3 of 3 stacks: Kubernetes cluster dev-aks, prod-aks, test-aks');
  expect(text.match(/node_count: 2 → 3/g)).toHaveLength(1);
  expect(text).toContain('3 of 3 stacks: output nodes: 2 → 3');
  expect(renderMarkdown(found).match(/`default_node_pool.node_count`: `2` → `3`/g)).toHaveLength(1);
});

test('what differs in each by its names is alike, and said to be', () => {
  const found = review(
    BEFORE,
    environments(() => ({ ...NOW, tag: 'v2' })),
  );
  for (const text of [renderTerminal(found, false), renderMarkdown(found)]) {
    expect(text).toContain('3 of 3 stacks: ');
    expect(text).toMatch(/dev.azurecr.io\/web:v1`? → `?dev.azurecr.io\/web:v2/);
    expect(text).toContain('the values are those of dev; in the others the same differs');
    expect(text).not.toMatch(/prod.azurecr.io\/web:v1/);
  }
});

test('what is not alike stands apart, and the worst still comes first', () => {
  const found = review(
    BEFORE,
    environments((name) => ({ ...NOW, role: name === 'prod' ? 'Owner' : 'AcrPush', nodes: name === 'prod' ? 9 : 3 })),
  );
  const text = renderTerminal(found, false);
  expect(text).toMatch(/WHO GETS ACCESS\n  wider .*\n    AcrPull on s → Owner on s/);
  expect(text).toContain('wider    2 of 3 stacks: p');
  expect(text).toContain('update 2 of 3 stacks: Kubernetes cluster dev-aks, test-aks');
  expect(text).toContain('default_node_pool.node_count: 2 → 9');
});

test('the page says it once, and has a row for each', async () => {
  const after = environments(() => ({ ...NOW, nodes: 3, type: 'LoadBalancer' }));
  const found = review(BEFORE, after);
  const page = await pageOf(found, new HeapedDrawings(depict(BEFORE, after, found)), () => undefined);
  expect(page).toContain('3 of 3 stacks: Kubernetes cluster dev-aks, prod-aks, test-aks');
  expect(page.match(/3 of 3 stacks: service web/g)).toHaveLength(1);
  expect(page.match(/id="c-\d+"/g)).toHaveLength(6);
});

test('two things of one stack are never one', () => {
  const services = (type: string) => (name: string) =>
    stack(
      {
        resource: {
          kubernetes_service_v1: Object.fromEntries(
            ['a', 'b'].map((id) => [id, { metadata: { name: id }, spec: { type, port: { port: 80 } } }]),
          ),
        },
        terraform: { required_providers: VERSIONS },
      },
      { name },
    );
  const side = (type: string) => ['dev', 'prod'].map(services(type));
  const text = renderTerminal(review(side('ClusterIP'), side('LoadBalancer')), false);
  expect(text).toContain('2 of 2 stacks: service a');
  expect(text).toContain('2 of 2 stacks: service b');
});

test('one stack is shown as before', () => {
  const [dev] = BEFORE;
  const [after] = environments(() => ({ ...NOW, nodes: 3 }));
  expect(renderTerminal(review(dev && [dev], after ? [after] : []), false)).not.toContain('stacks');
});
