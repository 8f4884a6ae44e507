// What the learner chose, remembered by JupyterLab's own settings; in memory where there are none.

import { ISettingRegistry } from '@jupyterlab/settingregistry';
import { Signal } from '@lumino/signaling';

export interface IChoices {
  courseView: boolean;
  showCode: boolean;
  textSize: number;
  coursePanel: boolean;
  storyPanel: boolean;
  wholePages: boolean;
}

export class Choices {
  readonly changed = new Signal<this, void>(this);
  private now: IChoices = { courseView: true, showCode: false, textSize: 100, coursePanel: true, storyPanel: true, wholePages: false };

  constructor(private stored: ISettingRegistry.ISettings | null) {
    const read = (): void => {
      Object.assign(this.now, stored?.composite);
      this.changed.emit();
    };
    read();
    stored?.changed.connect(read);
  }

  get<K extends keyof IChoices>(name: K): IChoices[K] {
    return this.now[name];
  }

  set<K extends keyof IChoices>(name: K, value: IChoices[K]): void {
    if (this.now[name] !== value) {
      this.now[name] = value;
      this.changed.emit();
      // Where settings cannot be written, the choice holds until the window is closed.
      this.stored?.set(name, value).catch(() => undefined);
    }
  }
}
