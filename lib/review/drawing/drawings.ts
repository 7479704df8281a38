import type { Picture } from '../picture/picture';
import { collapsed, MOST_BOXES, pileAlike } from './collapse';
import { layOut, type Drawing } from './layout';
import { sceneOf, type Scene, type View } from './scene';

/** The drawings of a picture for all the formats that show it: each view is put together and laid out once. */
export class Drawings {
  private readonly scenes = new Map<View, Scene>();
  private readonly drawings = new Map<View, Promise<Drawing>>();

  constructor(private readonly picture: Picture) {}

  /** Everything that there is to draw; if that is more than a reader can take in, what is alike is one box in it. */
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

  /** What a reader can take in of it, with everything in its place. */
  drawing(view: View): Promise<Drawing> {
    const drawing = this.drawings.get(view) ?? layOut(collapsed(this.scene(view)));
    this.drawings.set(view, drawing);
    return drawing;
  }
}
