export { Problems } from './problems';
