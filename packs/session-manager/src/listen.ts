/** A method of the protocol between engine and pack, as far as its requests go. */
export interface Method<Message> {
  requestDeserialize: (bytes: Buffer) => Message;
}

interface Ears<Message> {
  /** Hears the request, and its bytes as they came. */
  readonly hear?: (message: Message, bytes: Buffer) => void;
  /** Changes the bytes before they are read. */
  readonly change?: (bytes: Buffer) => Buffer;
}

/**
 * Stands between the engine and the policy framework for every request of a method. To be called before the pack is made.
 *
 * @param method absent in a version of the protocol that does not have it
 */
export function listen<Message>(method: Method<Message> | undefined, { hear, change }: Ears<Message>): void {
  if (method === undefined) return;
  const deserialize = method.requestDeserialize;
  method.requestDeserialize = (bytes) => {
    const message = deserialize(change?.(bytes) ?? bytes);
    hear?.(message, bytes);
    return message;
  };
}
