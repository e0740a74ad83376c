"""Every way the people room says no. Numbers and addresses are personal and never repeated in a refusal."""

from dataclasses import dataclass

from prakarsa.kernel.refusal import Kind, Refusal, msg


@dataclass(eq=False)
class BadName(Refusal):
    """The name cannot be one."""

    problem: str

    code = "people.bad_name"
    kind = Kind.INVALID
    title = msg("The name is not right: {problem}")
    next_step = msg("Write your full name exactly as it stands on your identity card (KTP).")


@dataclass(eq=False)
class BadBirthDate(Refusal):
    """The birth date cannot be one of a living person."""

    problem: str

    code = "people.bad_birth_date"
    kind = Kind.INVALID
    title = msg("The birth date is not right: {problem}")
    next_step = msg("Enter the birth date that stands on your identity card (KTP).")


@dataclass(eq=False)
class BadNik(Refusal):
    """The identity number has not the build of one (PP 37/2007 art. 37)."""

    problem: str

    code = "people.bad_nik"
    kind = Kind.INVALID
    title = msg("The identity number (NIK) is not right: {problem}")
    next_step = msg("Copy the 16 digits of the NIK from your identity card (KTP), without spaces.")


@dataclass(eq=False)
class BirthDateDiffers(Refusal):
    """The birth date is not the one the identity number was made from."""

    code = "people.birth_date_differs"
    kind = Kind.INVALID
    title = msg("The birth date and the identity number (NIK) do not belong together")
    next_step = msg(
        "Check both for a typing mistake. If your identity card (KTP) really shows them like this, ask the civil "
        "registry office (Dukcapil) to correct your data, then register again."
    )


@dataclass(eq=False)
class BadKk(Refusal):
    """The family card number has not the build of one."""

    code = "people.bad_kk"
    kind = Kind.INVALID
    title = msg("The family card number (KK) is not right")
    next_step = msg("Copy the 16 digits at the top of your family card (Kartu Keluarga), not those of a person on it.")


@dataclass(eq=False)
class BadPhone(Refusal):
    """The number cannot be an Indonesian telephone that takes text messages."""

    problem: str

    code = "people.bad_phone"
    kind = Kind.INVALID
    title = msg("The phone number is not right: {problem}")
    next_step = msg("Enter an Indonesian mobile number, for example 0812 3456 7890. We send your codes to it.")


@dataclass(eq=False)
class BadEmail(Refusal):
    """The address cannot receive mail."""

    problem: str

    code = "people.bad_email"
    kind = Kind.INVALID
    title = msg("The e-mail address is not right: {problem}")
    next_step = msg("Check the address for a typing mistake, for example a missing dot or a space.")


@dataclass(eq=False)
class BadAddress(Refusal):
    """What was entered to sign in is neither a phone number nor an e-mail address."""

    code = "people.bad_address"
    kind = Kind.INVALID
    title = msg("This is neither a mobile number nor an e-mail address")
    next_step = msg("Enter the mobile number or the e-mail address you registered with.")


@dataclass(eq=False)
class BadEducation(Refusal):
    """The education is not one of the list."""

    known: str

    code = "people.bad_education"
    kind = Kind.INVALID
    title = msg("The last education is not one of the list")
    next_step = msg("Choose one of these: {known}.")


@dataclass(eq=False)
class BadSituation(Refusal):
    """The situation is not one of the list."""

    known: str

    code = "people.bad_situation"
    kind = Kind.INVALID
    title = msg("The work situation is not one of the list")
    next_step = msg("Choose one of these: {known}.")


@dataclass(eq=False)
class BadCitizenship(Refusal):
    """The citizenship is not a country code."""

    code = "people.bad_citizenship"
    kind = Kind.INVALID
    title = msg("The citizenship is not a country code")
    next_step = msg("Give the two letters of the country (ISO 3166-1), for example ID for Indonesia.")


@dataclass(eq=False)
class BadLanguage(Refusal):
    """We do not speak this language."""

    known: str

    code = "people.bad_language"
    kind = Kind.INVALID
    title = msg("This language is not offered")
    next_step = msg("Choose one of these: {known}.")


@dataclass(eq=False)
class NikTaken(Refusal):
    """Somebody has registered with this identity number and other data."""

    code = "people.nik_taken"
    kind = Kind.CONFLICT
    title = msg("This identity number (NIK) is already registered, with other data")
    next_step = msg(
        "If you registered before, sign in with your phone number or e-mail address. If it was not you, open a "
        "complaint: somebody may be using your NIK."
    )


@dataclass(eq=False)
class PhoneTaken(Refusal):
    """Another person has registered with this phone number."""

    code = "people.phone_taken"
    kind = Kind.CONFLICT
    title = msg("This phone number already belongs to another registered person")
    next_step = msg("Use your own number: codes and money news are sent to it, and only you should read them.")


@dataclass(eq=False)
class EmailTaken(Refusal):
    """Another person has registered with this e-mail address."""

    code = "people.email_taken"
    kind = Kind.CONFLICT
    title = msg("This e-mail address already belongs to another registered person")
    next_step = msg("Use your own address, or make a new one for yourself first.")


@dataclass(eq=False)
class Barred(Refusal):
    """The identity number may not join again (Permenko 11/2020 art. 20(3); programme-rules 10)."""

    reason: str

    code = "people.barred"
    kind = Kind.FORBIDDEN
    title = msg("This identity number (NIK) may not join the programme again: {reason}")
    next_step = msg("If you think this is a mistake, open a complaint; somebody from the programme office looks at it.")


@dataclass(eq=False)
class PersonUnknown(Refusal):
    """Nobody is registered under this id."""

    person_id: int

    code = "people.person_unknown"
    kind = Kind.MISSING
    title = msg("Nobody is registered under this id")
    next_step = msg("Register first, then try again.")


@dataclass(eq=False)
class TooManyCodes(Refusal):
    """This address was sent enough codes for one hour."""

    most: int
    retry_after_seconds: int

    code = "people.too_many_codes"
    kind = Kind.TOO_MANY
    title = msg("Too many codes were asked for this address: at most {most} in one hour")
    next_step = msg("Use the newest code you have received, or wait {retry_after_seconds} seconds and ask again.")


@dataclass(eq=False)
class CodeMalformed(Refusal):
    """What was entered is not six digits; it does not count as a try."""

    code = "people.code_malformed"
    kind = Kind.INVALID
    title = msg("The code has exactly six digits")
    next_step = msg("Enter the six digits from our message. This did not count as a try.")


@dataclass(eq=False)
class CodeWrong(Refusal):
    """The code is not the one that was sent."""

    tries_left: int

    code = "people.code_wrong"
    kind = Kind.UNAUTHENTICATED
    title = msg("This is not the code we sent; tries left: {tries_left}")
    next_step = msg("Compare it with our newest message and enter it again.")


@dataclass(eq=False)
class CodeTriedOut(Refusal):
    """The code was entered wrongly too often."""

    tries: int

    code = "people.code_tried_out"
    kind = Kind.UNAUTHENTICATED
    title = msg("The code was entered wrongly {tries} times and no longer works")
    next_step = msg("Ask for a new code.")


@dataclass(eq=False)
class CodeOver(Refusal):
    """The code has run out, or there never was one."""

    code = "people.code_over"
    kind = Kind.UNAUTHENTICATED
    title = msg("This code has run out")
    next_step = msg("Ask for a new code and enter it within the minutes named in the message.")


@dataclass(eq=False)
class CodeUsed(Refusal):
    """The code has opened a session before."""

    code = "people.code_used"
    kind = Kind.UNAUTHENTICATED
    title = msg("This code was already used")
    next_step = msg("If you are not signed in now, ask for a new code.")


@dataclass(eq=False)
class StaffSignInFailed(Refusal):
    """E-mail, password and second factor do not open an account, or it is locked: which of them is not told."""

    tries: int
    lock_minutes: int

    code = "people.staff_sign_in_failed"
    kind = Kind.UNAUTHENTICATED
    title = msg("E-mail, password and code do not open an account")
    next_step = msg(
        "Check all three, with a fresh code from your authenticator. After {tries} failures an account stays locked "
        "for {lock_minutes} minutes, whatever is entered."
    )


@dataclass(eq=False)
class StaffTaken(Refusal):
    """Somebody of the staff has this e-mail address."""

    code = "people.staff_taken"
    kind = Kind.CONFLICT
    title = msg("A member of staff already has this e-mail address")
    next_step = msg("Use another address, or let that person sign in.")


@dataclass(eq=False)
class WeakPassword(Refusal):
    """The password is too easy to guess."""

    problem: str

    code = "people.weak_password"
    kind = Kind.INVALID
    title = msg("This password cannot be used: {problem}")
    next_step = msg("Choose a longer one, for example several words that do not belong together.")


@dataclass(eq=False)
class BadRole(Refusal):
    """There is no such role."""

    known: str

    code = "people.bad_role"
    kind = Kind.INVALID
    title = msg("There is no such role")
    next_step = msg("Choose one of these: {known}.")
