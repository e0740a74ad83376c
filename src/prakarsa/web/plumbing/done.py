"""What a page says after something was done; redirects name the sentence, never carry it."""

from prakarsa.kernel.refusal import msg

DONE = {
    "signed_out": msg("You are signed out."),
    "applied": msg("Your application is in."),
    "account_linked": msg("Your account is linked. What you have earned is paid to it."),
    "retry": msg("The payment will be sent again."),
    "rated": msg("Thank you. Your rating is stored; the next course is open to you."),
    "asked": msg("Your question has arrived. The answer appears here."),
    "wave_opened": msg("The wave is planned. It opens and closes by the clock."),
    "screened": msg("Every application of this wave is screened."),
    "screening": msg("Screening has begun but is not finished. Press again to go on."),
    "committed": msg("The list is committed. Now wait for the public seed."),
    "seeded": msg("The seed is entered."),
    "drawn": msg("The draw is done."),
    "decreed": msg("The decree is issued."),
    "issued": msg("Every selected person has a card."),
    "issuing": msg("Cards are being issued but not all yet. Press again to go on."),
    "held": msg("The hold is placed and public."),
    "lifted": msg("The hold is lifted. Paused deadlines run again, moved by the time lost."),
    "sent": msg("Everything due was sent to the bank."),
    "sending": msg("Payments are being sent but not all yet. Press again to go on."),
    "answered": msg("The answer is stored and the person is told."),
}
