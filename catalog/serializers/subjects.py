"""Topics and fields of education as subjects of the German university list, which the AMB demands in `about`.

The list is https://w3id.org/kim/hochschulfaechersystematik/. A topic is mapped to the subject that teaches it;
what is not in the tables counts as social work, the subject that the platform is about. docs/downloads.md shows them.
"""

SCHEME = "https://w3id.org/kim/hochschulfaechersystematik/"

SUBJECTS = {
    "n07": "Allgemeine und vergleichende Literatur- und Sprachwissenschaft",
    "n24": "Regionalwissenschaften",
    "n25": "Politikwissenschaft",
    "n26": "Sozialwissenschaften/Soziologie",
    "n27": "Sozialwesen",
    "n28": "Rechtswissenschaften",
    "n29": "Verwaltungswissenschaften",
    "n30": "Wirtschaftswissenschaften",
    "n33": "Erziehungswissenschaften",
    "n48": "Gesundheitswissenschaften allgemein",
    "n1": "Geisteswissenschaften",
    "n4": "Mathematik, Naturwissenschaften",
    "n7": "Agrar-, Forst- und Ernährungswissenschaften, Veterinärmedizin",
    "n8": "Ingenieurwissenschaften",
    "n0": "Fachübergreifend",
}
DEFAULT = "n27"

OF_TOPIC = {
    "integration-of-migrants-and-refugees": "n27",
    "regional-dimension-and-cooperation": "n24",
    "entrepreneurship": "n30",
    "active-citizenship": "n25",
    "democratic-participation": "n25",
    "vocational-education-and-training": "n33",
    "work-based-learning": "n33",
    "recognition-of-skills-and-prior-learning": "n33",
    "language-learning": "n07",
    "digital-skills": "n33",
    "mentoring": "n33",
    "anti-discrimination": "n26",
    "diversity-management": "n30",
    "housing": "n27",
    "health-and-well-being": "n48",
    "labour-market-inclusion": "n27",
    "womens-participation": "n26",
    "young-people": "n27",
    "interagency-cooperation": "n29",
    "city-to-city-cooperation": "n29",
    "volunteering": "n27",
    "e-learning": "n33",
    "peer-learning": "n33",
    "safe-spaces": "n27",
    "policy-and-funding": "n25",
    "human-rights": "n28",
}

# By the first two digits of ISCED-F 2013, longer codes first.
OF_FIELD = {
    "0923": "n27", "0313": "n26", "0312": "n25", "0231": "n07",
    "00": "n0", "01": "n33", "02": "n1", "03": "n26", "04": "n30", "05": "n4",
    "06": "n4", "07": "n8", "08": "n7", "09": "n48", "10": "n0",
}  # fmt: skip
OF_LAW = "042"


def subjects_of(topics: list[str], fields: list[str]) -> list[str]:
    """Codes of the list, each once, at least one."""
    found = [subject_of_field(code) for code in fields] + [OF_TOPIC.get(code, "") for code in topics]
    return list(dict.fromkeys(code for code in found if code)) or [DEFAULT]


def subject_of_field(code: str) -> str:
    digits = "".join(char for char in code if char.isdigit())
    if digits.startswith(OF_LAW):
        return "n28"
    return OF_FIELD.get(digits[:4]) or OF_FIELD.get(digits[:2], "")
