/** Answers every order that this process is given, by its result or its error, and ends with the one who gives them. */
export function answerOrders<Order>(perform: (order: Order) => Promise<unknown>): void {
  process.on('message', (order: Order) => void perform(order).then(
    (answer) => process.send!({ answer }), (error: unknown) => process.send!({ error: error instanceof Error ? error.stack : String(error) })));
  process.on('disconnect', () => process.exit());
}
