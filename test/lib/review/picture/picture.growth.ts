import { depict } from '../../../../lib/review';
import { growsFaster, timeOf } from '../../../growth';
import { program } from '../fixtures';

/** Internal load balancers of a cluster that the program does not declare. */
function balancers(count: number) {
  const annotations = { 'service.beta.kubernetes.io/azure-load-balancer-internal': 'true' };
  const services = Array.from({ length: count }, (_, i) => [
    `s${i}`,
    { metadata: { name: `s${i}`, annotations }, spec: { type: 'LoadBalancer', port: [{ port: 80 }] } },
  ]);
  return program({ kubernetes_service_v1: Object.fromEntries(services) });
}

test('the time of a picture grows with the number of internal load balancers', () => {
  const time = (count: number) => timeOf(() => depict(balancers(count), balancers(count), { changes: [] }));
  expect(growsFaster(time, 300)).toBe(false);
});
