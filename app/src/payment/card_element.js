{
  const [form, place, error, missing] = ['card', 'card-element', 'card-error', 'card-missing']
    .map(id => document.getElementById(id))
  const button = form.querySelector('button')
  const tell = words => {
    error.hidden = !words
    error.lastElementChild.textContent = words ?? ''
  }
  const work = works => {
    for (const state of ['ariaBusy', 'ariaDisabled']) button[state] = works ? 'true' : null
  }
  // Of https://docs.stripe.com/js: the card element, and what makes a payment method of it.
  const start = () => {
    const { color, fontFamily, fontSize } = getComputedStyle(place)
    const gateway = Stripe(place.dataset.key, { locale: 'en-GB' })
    const card = gateway.elements().create('card', {
      // Its button would need more hosts than the page may talk to.
      disableLink: true,
      classes: { focus: 'card-element--focus', invalid: 'card-element--invalid' },
      style: {
        base: { color, iconColor: color, fontFamily, fontSize },
        invalid: { color, iconColor: getComputedStyle(error).color },
      },
    })
    card.on('ready', () => { button.disabled = false })
    card.on('change', event => tell(event.error?.message))
    card.mount(place)
    form.addEventListener('submit', async event => {
      event.preventDefault()
      if (button.ariaBusy) return
      work(true)
      const { error, paymentMethod } = await gateway.createPaymentMethod({ type: 'card', card }).catch(() => ({}))
      if (paymentMethod) {
        form.elements.payment_method.value = paymentMethod.id
        form.elements.last_four.value = paymentMethod.card.last4
        form.submit()
        return
      }
      tell(error?.message ?? place.dataset.unanswered)
      work(false)
      card.focus()
    })
    // A page that is gone back to is as it was left.
    addEventListener('pageshow', event => { if (event.persisted) work(false) })
  }
  const script = document.createElement('script')
  script.src = place.dataset.script
  script.onload = start
  script.onerror = () => { missing.hidden = false }
  document.head.append(script)
}
