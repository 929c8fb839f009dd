/** Who may establish a group in which nobody sits yet: administrators of the installation, whose accounts these rooms know nothing of. */
export abstract class Founders {
  abstract has(user: string): Promise<boolean>;
}
