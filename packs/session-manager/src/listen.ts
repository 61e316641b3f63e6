/** A method of the protocol between engine and pack, as far as its requests go. */
export interface Method<Message> {
  requestDeserialize: (bytes: Buffer) => Message;
}

/**
 * Hears every request of a method before the policy framework does. To be called before the pack is made.
 *
 * @param method absent in a version of the protocol that does not have it
 */
export function listen<Message>(
  method: Method<Message> | undefined,
  hear: (message: Message, bytes: Buffer) => void,
): void {
  if (method === undefined) return;
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const message = deserialize(bytes);
    hear(message, bytes);
    return message;
  };
}
