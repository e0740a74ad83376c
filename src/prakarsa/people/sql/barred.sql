SELECT nik_index, reason FROM people.barred WHERE nik_index = ANY (%(niks)b)
