import type { Picture } from '../picture/picture';
import { collapsed, MOST_BOXES, pileAlike } from './collapse';
import { layOut, type Drawing } from './layout';
import { sceneOf, type Scene, type View } from './scene';

/** The drawings of a picture for all formats. Each view is composed and laid out only once. */
export class Drawings {
  private readonly scenes = new Map<View, Scene>();
  private readonly drawings = new Map<View, Promise<Drawing>>();

  constructor(private readonly picture: Picture) {}

  /** The scene of a view; if it has too many boxes for a reader, similar boxes are combined. */
  scene(view: View): Scene {
    const known = this.scenes.get(view);
    if (known !== undefined) {
      return known;
    }
    const whole = sceneOf(this.picture, view);
    const scene = whole.boxes.length > MOST_BOXES ? pileAlike(whole) : whole;
    this.scenes.set(view, scene);
    return scene;
  }

  /** The laid out drawing of a view, limited to what a reader can grasp. */
  drawing(view: View): Promise<Drawing> {
    const drawing = this.drawings.get(view) ?? layOut(collapsed(this.scene(view)));
    this.drawings.set(view, drawing);
    return drawing;
  }
}
