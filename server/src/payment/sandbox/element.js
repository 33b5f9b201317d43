// The part of Stripe.js that the payment page of a store uses, see element.rs.
{
  const { origin } = new URL(document.currentScript.src)

  const element = (key, { style = {}, classes = {} }) => {
    const listeners = { ready: [], change: [], focus: [], blur: [] }
    const frame = document.createElement('iframe')
    frame.title = 'Secure card payment input frame'
    frame.src = `${origin}/v3/card#${encodeURIComponent(JSON.stringify({ key, style }))}`
    Object.assign(frame.style, { display: 'block', border: '0', inlineSize: '100%', blockSize: '1.75rem' })
    const tell = (message, transfer) => frame.contentWindow.postMessage(message, origin, transfer)
    const mark = (name, isSet) => { if (name) frame.parentElement.classList.toggle(name, isSet) }
    addEventListener('message', ({ source, origin: from, data: event }) => {
      if (from !== origin || source !== frame.contentWindow) return
      if (event.elementType === 'focus' || event.elementType === 'blur') mark(classes.focus, event.elementType === 'focus')
      if (event.elementType === 'change') mark(classes.invalid, Boolean(event.error))
      for (const listener of listeners[event.elementType]) listener(event)
    })
    return {
      mount(place) {
        const container = typeof place === 'string' ? document.querySelector(place) : place
        container.replaceChildren(frame)
        const label = document.querySelector(`label[for="${CSS.escape(container.id)}"]`)
        label?.addEventListener('click', () => this.focus())
      },
      on: (kind, listener) => { listeners[kind].push(listener) },
      focus() {
        frame.focus()
        tell({ asks: 'focus' })
      },
      answer: () => new Promise(resolve => {
        const { port1, port2 } = new MessageChannel()
        port1.onmessage = ({ data }) => resolve(data)
        tell({ asks: 'payment_method' }, [port2])
      }),
    }
  }

  self.Stripe = key => {
    if (!key.startsWith('pk_test_')) throw new Error('The sandbox takes publishable keys that begin with pk_test_.')
    return {
      elements: () => ({ create: (kind, options = {}) => element(key, options) }),
      createPaymentMethod: ({ card }) => card.answer(),
    }
  }
}
