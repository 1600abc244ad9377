/** A budget of steps (results worked out) that a whole question may take. A step takes about a tenth of a microsecond. */
export class Effort {
  left: number;

  constructor(steps: number) {
    this.left = steps;
  }

  spend(steps: number): void {
    this.left -= steps;
  }
}
