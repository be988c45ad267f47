"""The rules of the field. Standard library only: no Qt, no SQL, no files, no clock.

Glossary: the Indonesian term, its name in the code, where it is defined.

    unit kerja, OPD            Unit                persistence.models.people
    ASN, pegawai               Employee            persistence.models.people
    NIP, NI PPPK               Nip                 domain.nip
    pangkat, golongan          PANGKAT, grade      domain.ranks
    jabatan                    Position, title     persistence.models.people
    jenjang jabatan            Level               domain.people
    kelas jabatan              job_class           domain.people
    atasan langsung            superior            persistence.models.people
    Plt, Plh, a.n.             Capacity            domain.people
    mandat, peran              Held, Role          domain.mandates
    cuti, tugas belajar        Leave, LeaveKind    domain.leave
    hukuman disiplin           Sanction            domain.discipline
    jam kerja                  Schedule, hours     domain.calendar
    hari libur, cuti bersama   Holiday             domain.calendar
    presensi                   attendance          domain.attendance
    pindaian, isian, koreksi   Scan, Entry, Amendment  domain.attendance
    belum jelas                Status.UNCLEAR      domain.attendance
    tanpa keterangan (TK)      Status.ABSENT       domain.attendance
    terlambat (TL)             late                domain.attendance
    pulang cepat (PSW)         early               domain.attendance
    tidak absen (TAP)          missing tap         domain.attendance
    sasaran                    Objective           persistence.models.performance
    target                     Target              persistence.models.performance
    tugas                      Task, Assignment    domain.tasks
    bagian tugas               Assignment, share   domain.tasks
    tenggat                    due                 domain.due
    realisasi                  Realisation         domain.targets
    laporan hasil kerja        WorkReport          domain.work_reports
    eviden                     Evidence            persistence.models.performance
    hasil kerja                results             domain.performance
    perilaku kerja             behaviour           domain.performance
    predikat                   predicate           domain.performance
    TPP                        tpp                 domain.tpp
    aturan (Perkada)           RuleSet             domain.tpp.ruleset
    kasus                      Case                domain.tpp.case
    pengali (CPNS, Plt, ...)   Multiplier          domain.tpp.ruleset
    ambang                     Threshold           domain.tpp.ruleset
    jejak hitung               Node, a tree        domain.tpp.trail
    pagu                       Ceiling             persistence.models.tpp
    rekomendasi TPP            Recommendation      domain.tpp.workflow
    kop surat                  Letterhead          documents.letterhead
    dikunci                    State.FINAL         domain.tpp.workflow
"""
