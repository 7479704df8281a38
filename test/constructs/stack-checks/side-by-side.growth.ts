import { ContainerImage, Problems, Workload } from '../../../constructs';
import { growsFaster, timeOf } from '../../growth';
import { testStack } from '../../util';

const IMAGE = ContainerImage.fromReference('ghcr.io/contoso/shop:1');

test('the time to look for problems grows with the number of workloads', () => {
  const time = (count: number) => {
    const stack = testStack();
    for (let index = 0; index < count; index++) {
      new Workload(stack, `w${index}`, { name: `w${index}`, image: IMAGE, containerPort: 8080, servicePort: 80 });
    }
    return timeOf(() => expect(Problems.of(stack)).toEqual([]));
  };

  expect(growsFaster(time, 120)).toBe(false);
});
