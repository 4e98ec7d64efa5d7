"""What data/norms.json says otherwise than the material it was made from: the rulebooks, and the
norms whose wording, numbers or addressees were checked against public texts."""

DAY = "2026-11-24"


def rulebook(name, title, status, document, against):
    """One rulebook: what it stands on, and the addresses where that was seen."""
    book = {"id": name, "title": title}
    if status:
        book["status"] = status
    return book | {"document": document, "checked": {"on": DAY, "against": against}}


RULEBOOKS = [
    rulebook("UN-GGE-2015", "Norms of responsible state behaviour, UN GGE 2015", "agreed",
             "A/70/174 of 22 July 2015, paragraph 13; General Assembly resolution 70/237",
             ["https://dig.watch/cyber-norms",
              "https://wp.dig.watch/?p=174071",
              "https://wp.dig.watch/?p=174075",
              "https://dig.watch/cyber-norms/protect-critical-infrastructure",
              "https://dig.watch/cyber-norms/respond-to-requests-for-assistance",
              "https://wp.dig.watch/cyber-norms/ensure-supply-chain-security",
              "https://dig.watch/cyber-norms/report-ict-vulnerabilities",
              "https://dig.watch/cyber-norms/do-no-harm-to-response-teams",
              "https://nationalcybersurvey.cyberpolicyportal.org/"
              "background-to-un-discussions-on-responsible-state-behaviour/",
              "https://itlaw.fandom.com/wiki/Group_of_Governmental_Experts_on_Developments_in_the_"
              "Field_of_Information_and_Telecommunications_in_the_Context_of_International_"
              "Security",
              "https://github.com/Ansvar-Systems/international-cybersecurity-law-mcp, "
              "scripts/data/un-gge-oewg.ts (the number of the paragraph)"]),
    rulebook("GCSC", "Norms of the Global Commission on the Stability of Cyberspace", "proposed",
             "Advancing Cyberstability, final report, November 2019",
             ["https://cyberstability.org/norms.html",
              "https://wikispooks.com/wiki/Global_Commission_on_the_Stability_of_Cyberspace",
              "https://dig.watch/resource/norm-package-singapore"]),
    rulebook("Paris-Call", "Principles of the Paris Call for Trust and Security in Cyberspace",
             "agreed", "Paris Call of 12 November 2018, nine principles",
             ["https://pariscall.international/en/principles",
              "https://dig.watch/resource/"
              "cybersecurity-paris-call-12-november-2018-trust-and-security-cyberspace",
              "https://internetgovernancelab.org/news/2019/10/14/"
              "internet-governance-lab-joins-paris-call-for-trust-and-security-in-cyberspace"]),
    rulebook("Tech-Accord", "Principles of the Cybersecurity Tech Accord", "agreed",
             "Cybersecurity Tech Accord of 17 April 2018, four principles",
             ["https://dig.watch/resource/cybersecurity-tech-accord",
              "https://www.law.com/corpcounsel/2018/04/17/microsoft-cisco-and-32-other-companies-"
              "sign-cybersecurity-tech-accord-to-build-global-trust/"]),
    rulebook("OSCE-CBM", "OSCE confidence-building measures", "agreed",
             "PC.DEC/1106 of 3 December 2013; PC.DEC/1202 of 10 March 2016",
             ["https://ccdcoe.org/incyder-articles/"
              "osce-confidence-building-measures-for-cyberspace/",
              "https://dig.watch/resource/confidence-building-measures-reduce-risks-conflict-"
              "stremming-ict",
              "https://dig.watch/resource/confidence-building-measures-reduce-risks-conflict-"
              "stremming-ict-2016"]),
    rulebook("Budapest", "Convention on Cybercrime (Budapest)", "agreed",
             "ETS No. 185, Budapest, 23 November 2001",
             ["https://github.com/statengeneraal/laws-markdown, "
              "verdrag/convention/on/cybercrime/BWBV0001839/README.md",
              "https://www.coe.int/is/web/octopus/country-legislative-profile",
              "https://www.slideshare.net/SANSKAR20/"
              "european-treaty-series-no-185convention-on-cybercrimedocx"]),
    rulebook("UN-Cybercrime-Convention", "United Nations Convention against Cybercrime", "agreed",
             "A/RES/79/243 of 24 December 2024, annex",
             ["https://github.com/AhmedZakiMohamed/synQanun-semantic-search, "
              "data/United Nations Convention against Cybercrime.txt (Articles 1 to 15, Arabic)",
              "https://c4ir.vn/en/tong-quan-ve-cong-uoc-ha-noi",
              "https://www.wam.ae/en/article/bm6n72v-sign-convention-cybercrime"]),
    rulebook("ILC-state-responsibility/IL", "State responsibility and international law", None,
             "A/RES/56/83 of 12 December 2001 (A/56/10); Charter of the United Nations, "
             "Article 2(4); Vienna Conventions of 1961 and 1963; customary law",
             ["https://casebook.icrc.org/case-study/"
              "international-law-commission-articles-state-responsibility",
              "http://legal.un.org/legislativeseries/book25.html",
              "http://fayllar.org/"
              "draft-articles-on-responsibility-of-states-for-internationally.html?page=31",
              "http://fayllar.org/"
              "draft-articles-on-responsibility-of-states-for-internationally.html?page=32",
              "https://science.jrank.org/pages/11598/"
              "War-JUS-AD-BELLUM-UNITED-NATIONS-CHARTER-1945.html",
              "https://cyber.army.mil/News/Article/3091615/"
              "the-international-law-sovereignty-debate-and-development-of-international-norms",
              "https://cyberlaw.ccdcoe.org/wiki/Due_diligence?oldid=3191",
              "https://cyberlaw.ccdcoe.org/wiki/Diplomatic_and_consular_law",
              "https://docslib.org/doc/9912649/7-diplomatic-and-consular",
              "https://cyberlaw.ccdcoe.org/wiki/Protection_of_medical_units_during_armed_conflict",
              "https://dig.watch/updates/un-gge-20192021-publishes-advance-copy-final-report"]),
    rulebook("OHCHR-human-rights", "Human rights", "agreed",
             "International Covenants of 16 December 1966; HR/PUB/11/4, Human Rights Council "
             "resolution 17/4 of 16 June 2011",
             ["https://vdocuments.net/intl-covenant-civil-political-rights.html",
              "https://talk.dob.jp/enwiki/w/index.php?oldid=480405177"
              "&title=International_Covenant_on_Civil_and_Political_Rights",
              "https://aph.gov.au/Parliamentary_Business/Committees/Senate/"
              "Legal_and_Constitutional_Affairs/Completed_inquiries/Pre1999/citizens/report/e03",
              "http://genderi.org/general-comment-no-14-the-right-to-the-highest-attainable.html",
              "https://zbook.org/read/c625cc_un-guiding-principles-on-business-and-human-rights"
              ".html",
              "https://lcbackerblog.blogspot.com/2025/10/part-13-part-ii-chapter-12-ungp.html"]),
]

# Titles that said more, less or other than the text does.
TITLES = {
    "UN-13b": "Weigh all relevant information in case of an incident, the difficulty of "
              "attribution included",
    "UN-13d": "Consider how best to cooperate against criminal and terrorist use of ICTs: share "
              "information, assist, prosecute",
    "UN-13f": "Do not conduct or knowingly support internationally unlawful ICT activity that "
              "intentionally damages or impairs critical infrastructure serving the public",
    "UN-13h": "Answer appropriate requests to help, or to mitigate attacks from your territory, "
              "when another state's critical infrastructure is hit",
    "UN-13i": "Take reasonable steps for secure supply chains; seek to prevent the spread of "
              "malicious tools and hidden functions",
    "UN-13j": "Encourage responsible reporting of vulnerabilities and share remedies",
    "GCSC-2": "Do not disrupt the technical infrastructure of elections, referenda or "
              "plebiscites",
    "PC-3": "Strengthen capacity to prevent foreign interference in elections by malicious cyber "
            "activity",
    "PC-5": "Develop ways to prevent the spread of malicious tools and practices",
    "PC-8": "Take steps to prevent hack-back by non-state actors, companies included",
    "TA-2": "Oppose attacks on innocent citizens and enterprises, and help no government to launch "
            "them",
    "OSCE-9": "Share lists of national terminology",
    "IL-DD": "Due diligence (contested as a binding rule)",
}

# The principles on business speak to business; the duty of states stands in others.
BINDS = {"UNGP-11": ["company"]}

CYBERCRIME_NOTE = ("Open for signature from 2025-10-25 to 2026-12-31; in force 90 days after the "
                   "40th ratification: check status before showing as binding")

# What was looked for and not found, so that it is not taken for checked.
NOT_SEEN = "No copy of the adopted text that has this article was found: the number is unchecked"
UNSURE = {
    "GCSC-7": "The number follows the order of the Singapore package of 2018; the report's own was "
              "not seen, nor its full wording",
    "GCSC-8": "The number follows the order of the Singapore package of 2018; the report's own was "
              "not seen, nor its full wording",
    "UNCC-24": NOT_SEEN,
    "UNCC-41": NOT_SEEN,
    "UNCC-54": NOT_SEEN,
    "IL-NONINT": "Coercion in a reserved domain as the test: no text of an official source was "
                 "seen",
    "ASR-49": "Articles 49, 51 and 52 were seen; that the rules run on to Article 54 was not",
}


def norm(item):
    """One norm as it stands in data/."""
    out = dict(item)
    name = out["id"]
    out["title"] = TITLES.get(name, out["title"])
    out["binds"] = BINDS.get(name, out["binds"])
    if name.startswith("UNCC-"):
        out["note"] = CYBERCRIME_NOTE
    if name in UNSURE:
        out["unsure"] = UNSURE[name]
    return out
