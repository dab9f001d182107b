"""Writes the general multiple-choice suite from the hand-written tables below.

    python general_suite.py [--out FILE.jsonl]

Every item is `{"id", "category", "question", "choices": [4], "answer": index}`. The wrong choices are drawn with a fixed seed
from the other rows of the same table (never from a row that could also be right: rows of one group exclude each other), or stand
in the table. The right answer's place goes round all four. The same file of tables gives the same bytes.
"""
import argparse
import json
import pathlib
import random

SUITE = pathlib.Path(__file__).resolve().parents[2] / "services/evaluation/src/main/resources/suites/general.jsonl"
SEED = 20260307

# word: opposite, by group; words of one group never stand together
OPPOSITES = {
    "size": "big:small tall:short long:brief wide:narrow thick:thin deep:shallow",
    "heat": "hot:cold", "light": "light:dark", "wet": "wet:dry", "speed": "fast:slow early:late", "level": "up:down high:low above:below",
    "door": "open:closed", "full": "full:empty", "feel": "happy:sad", "noise": "loud:quiet", "age": "young:old",
    "wealth": "rich:poor", "good": "good:bad", "true": "true:false right:wrong", "start": "begin:end first:last", "side": "left:right front:back inside:outside",
    "hard": "hard:soft", "easy": "easy:difficult", "strong": "strong:weak", "clean": "clean:dirty", "near": "near:far", "day": "day:night",
    "give": "give:take buy:sell", "push": "push:pull", "love": "love:hate", "win": "win:lose", "laugh": "laugh:cry", "remember": "remember:forget",
    "sweet": "sweet:bitter", "sharp": "sharp:blunt", "safe": "safe:dangerous", "alive": "alive:dead", "awake": "awake:asleep",
    "rough": "rough:smooth", "friend": "friend:enemy", "always": "always:never", "arrive": "arrive:depart", "question": "question:answer", "brave": "brave:cowardly",
}
CAPITALS = """France:Paris Germany:Berlin Italy:Rome Spain:Madrid Japan:Tokyo Russia:Moscow Greece:Athens Egypt:Cairo Austria:Vienna
Poland:Warsaw Ireland:Dublin Portugal:Lisbon Sweden:Stockholm Norway:Oslo Finland:Helsinki Denmark:Copenhagen Hungary:Budapest
Cuba:Havana Peru:Lima Canada:Ottawa Kenya:Nairobi Thailand:Bangkok Iraq:Baghdad Iran:Tehran Turkey:Ankara China:Beijing
Argentina:Buenos_Aires Mexico:Mexico_City Belgium:Brussels Bulgaria:Sofia Romania:Bucharest Ukraine:Kyiv Chile:Santiago
Vietnam:Hanoi Afghanistan:Kabul Syria:Damascus Lebanon:Beirut Croatia:Zagreb Serbia:Belgrade Iceland:Reykjavik"""
COLOURS = """fresh grass:green;clean snow:white;coal:black;a ripe banana:yellow;a clear daytime sky:blue;blood:red;a carrot:orange;
milk:white;chocolate:brown;a lemon:yellow;a ripe tomato:red;spinach:green;
a polar bear:white;a raven:black;a strawberry:red;an aubergine:purple;a flamingo:pink;a sunflower:yellow;
an elephant:grey;a leaf in spring:green;a pumpkin:orange"""
SOUNDS = "cow:moo dog:bark cat:meow duck:quack sheep:baa horse:neigh pig:oink owl:hoot bee:buzz snake:hiss lion:roar rooster:crow"
YOUNG = "dog:puppy cat:kitten cow:calf horse:foal sheep:lamb goat:kid pig:piglet duck:duckling bear:cub frog:tadpole hen:chick kangaroo:joey swan:cygnet deer:fawn eagle:eaglet"
KINDS = {
    "fruit": "apple banana grape pear cherry", "vegetable": "carrot cabbage onion broccoli", "bird": "sparrow eagle pigeon penguin",
    "fish": "salmon trout tuna shark", "insect": "ant beetle butterfly mosquito", "tool": "hammer screwdriver saw wrench",
    "musical instrument": "violin piano trumpet drum", "piece of furniture": "chair table sofa wardrobe", "vehicle": "car lorry bus bicycle",
    "metal": "iron copper silver gold", "piece of clothing": "shirt jacket skirt sock", "drink": "tea coffee lemonade juice", "tree": "oak birch maple pine",
    "sport": "tennis football hockey swimming", "number": "seven twelve forty ninety", "colour": "red blue purple green",
}
# a cherry is also a tree, salmon also a colour, a hammer also a sport
ALSO_RIGHT = {("fruit", "tree"), ("musical instrument", "metal"), ("musical instrument", "tool"), ("tool", "sport"), ("metal", "tool"), ("vegetable", "fruit"),
              ("insect", "vehicle"), *((kind, "colour") for kind in KINDS)}
PLURALS = """mouse:mice,mouses,mices,mouse child:children,childs,childrens,childes foot:feet,foots,feets,footes tooth:teeth,tooths,teeths,toothes
man:men,mans,mens,manes woman:women,womans,womens,womanes goose:geese,gooses,geeses,goosen ox:oxen,oxes,oxs,oxens leaf:leaves,leafs,leafes,leave
knife:knives,knifes,knive,knifs wolf:wolves,wolfs,wolfes,wolve box:boxes,boxs,boxen,box city:cities,citys,cityes,citis baby:babies,babys,babyes,babis
dish:dishes,dishs,dishies,dish bus:buses,bus's,busies,busen potato:potatoes,potatos,potatois,potati lady:ladies,ladys,ladyes,ladis
life:lives,lifes,lifees,livs wife:wives,wifes,wifees,wivs cat:cats,cates,catz,caties tree:trees,treeses,treies,treen
watch:watches,watchs,watchies,watchen half:halves,halfs,halfes,halvs loaf:loaves,loafs,loafes,loavs story:stories,storys,storyes,storis"""
PAST = """go:went,goed,wented,gos eat:ate,eated,ated,eat see:saw,seed,sawed,sees run:ran,runned,ranned,runs take:took,taked,tooked,takes
come:came,comed,camed,comes give:gave,gived,gaved,gives write:wrote,writed,wroted,writes buy:bought,buyed,boughted,buys think:thought,thinked,thoughted,thinks
bring:brought,bringed,broughted,brings make:made,maked,maded,makes find:found,finded,founded,finds know:knew,knowed,knewed,knows sleep:slept,sleeped,slepted,sleeps
drink:drank,drinked,dranked,drinks sing:sang,singed,sanged,sings swim:swam,swimmed,swammed,swims fly:flew,flied,flewed,flies sit:sat,sitted,satted,sits
speak:spoke,speaked,spoked,speaks break:broke,breaked,broked,breaks teach:taught,teached,taughted,teaches fall:fell,falled,felled,falls win:won,winned,wonned,wins"""
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
UNITS = """How many minutes are there in an hour?:60:24:100:30
How many hours are there in a day?:24:12:60:7
How many days are there in a week?:7:5:10:12
How many months are there in a year?:12:10:7:24
How many seconds are there in a minute?:60:100:24:10
How many centimetres are there in a metre?:100:10:1000:60
How many metres are there in a kilometre?:1000:100:10:60
How many grams are there in a kilogram?:1000:100:10:12
How many legs does a spider have?:8:6:4:10
How many legs does an insect have?:6:8:4:2
How many legs does a dog have?:4:2:6:8
How many wheels does a bicycle have?:2:3:4:1
How many wheels does a tricycle have?:3:2:4:6
How many sides does a triangle have?:3:4:5:6
How many sides does a square have?:4:3:5:8
How many fingers are there on one hand, counting the thumb?:5:4:10:6
How many years are there in a century?:100:10:1000:50
How many years are there in a decade?:10:100:12:5
How many eggs are there in a dozen?:12:10:6:20
How many letters are there in the English alphabet?:26:24:30:20
How many days are there in June?:30:31:28:29
How many strings does a standard violin have?:4:6:5:8
How many sides does a hexagon have?:6:5:8:7
How many corners does a rectangle have?:4:3:6:5"""
BODY = "see:eyes hear:ears smell:nose taste:tongue walk:feet chew:teeth think:brain hold_a_pen:fingers"
JOBS = """treats sick animals:a vet;puts out fires:a firefighter;bakes bread:a baker;teaches children at school:a teacher;flies aeroplanes:a pilot;
cuts people's hair:a hairdresser;repairs leaking pipes:a plumber;grows crops:a farmer;delivers letters:a postman;looks after teeth:a dentist;
cooks meals in a restaurant:a chef;builds things from wood:a carpenter;catches fish for a living:a fisherman;cuts and sells meat in a shop:a butcher;
writes novels:a novelist;designs buildings:an architect;takes photographs for a living:a photographer;defends people in court:a lawyer;
repairs cars:a mechanic;sews suits:a tailor;studies the stars:an astronomer;digs for coal:a miner;lends books to readers:a librarian"""
CONTINENTS = """Egypt:Africa Kenya:Africa Nigeria:Africa Morocco:Africa France:Europe Germany:Europe Spain:Europe Norway:Europe Japan:Asia China:Asia
India:Asia Thailand:Asia Brazil:South_America Peru:South_America Chile:South_America Canada:North_America Mexico:North_America Vietnam:Asia Poland:Europe Ghana:Africa"""
# question: right answer and three wrong ones
SENSE = """What do you use to cut paper?:scissors:a spoon:a pillow:a cup
What do you use to unlock a door?:a key:a fork:a candle:a shoe
What do you wear on your feet?:shoes:a hat:gloves:a scarf
What do you wear on your head?:a hat:socks:gloves:a belt
What do you use to write?:a pen:a plate:a towel:a pan
What do you use to eat soup?:a spoon:a knife:a comb:a rope
What do you sleep in?:a bed:an oven:a drawer:a bottle
What tells you the time?:a clock:a mirror:a ladder:a carpet
What do you use to dry yourself after a shower?:a towel:a knife:a newspaper:a brick
What keeps food cold?:a fridge:an oven:a bookcase:a lamp
What do you hold over your head when it rains?:an umbrella:a spade:a broom:a kettle
What do you use to sweep the floor?:a broom:a fork:a pencil:a pillow
Where do you borrow books?:at a library:at a bakery:at a car park:at a swimming pool
Where do aeroplanes land?:at an airport:at a harbour:at a bakery:at a theatre
Where do ships arrive?:at a harbour:at a library:in a kitchen:at a cinema
Where do you go to watch a film?:to a cinema:to a bank:to a garage:to a butcher
Where do pupils learn?:at school:at the petrol station:in the cellar:on the roof
What falls from the clouds when it is freezing cold?:snow:sand:leaves:coins
What do you need to light a candle?:a match:a spoon:a blanket:a stamp
What happens to ice when it gets warm?:It melts.:It burns.:It grows.:It sings.
What happens to water at 100 degrees Celsius at sea level?:It boils.:It freezes.:It turns to stone.:It becomes sand.
What happens if you drop a glass on a stone floor?:It breaks.:It melts.:It flies.:It grows.
What do plants need to grow?:water and light:milk and bread:paper and ink:sand and salt
What does a person do when tired?:sleep:run a race:shout:paint a wall
What does a person do when thirsty?:drink:sleep:count:sew
What does a person do when hungry?:eat:sing:swim:type
What would you use to see yourself?:a mirror:a brick:a book:a blanket
What do you put on a letter before posting it?:a stamp:a button:a leaf:a spoon
What do you use to brush your teeth?:a toothbrush:a hairbrush:a paintbrush:a broom
What do you use to boil water?:a kettle:a fridge:a shelf:a basket
What is used to hang a picture on a wall?:a nail:a pillow:a cup:a sock
What does a fish live in?:water:sand:a tree:the sky
What do bees make?:honey:milk:bread:wool
What do hens lay?:eggs:nuts:stones:apples
What do cows give?:milk:honey:silk:oil
Where does wool come from?:sheep:fish:bees:trees
What is paper mostly made from?:wood:glass:iron:milk
What is a window pane usually made of?:glass:bread:wool:rubber
What is bread made from?:flour:sand:wool:glass
What are tyres made of?:rubber:glass:paper:wool
Which season comes after winter?:spring:autumn:summer:midnight
Which season is the coldest?:winter:summer:spring:autumn
Which meal do people eat in the morning?:breakfast:dinner:supper:dessert
What shines in the sky by day?:the sun:the moon:a street lamp:a candle
What do you call water that falls from clouds in drops?:rain:wind:fog:thunder"""
SCIENCE = """Which planet do we live on?:Earth:Mars:Venus:Saturn
Which planet is known for its rings?:Saturn:Mercury:Earth:Mars
What is the largest planet of the solar system?:Jupiter:Earth:Mars:Mercury
What does the Earth go around?:the Sun:the Moon:Mars:Jupiter
What goes around the Earth?:the Moon:the Sun:Saturn:Mars
What gas do people need to breathe?:oxygen:helium:neon:hydrogen
What is frozen water called?:ice:steam:mist:dew
What does water become when it boils?:steam:ice:salt:sand
What pulls things towards the ground?:gravity:sound:colour:taste
Which organ pumps blood?:the heart:the liver:the stomach:the skin
What is the largest animal on Earth?:the blue whale:the elephant:the horse:the lion
What is the tallest animal on land?:the giraffe:the bear:the cow:the wolf
Which animal is famous for its trunk?:the elephant:the tiger:the rabbit:the goat
Which animal has black and white stripes?:the zebra:the lion:the camel:the bear
Which animal carries its young in a pouch?:the kangaroo:the horse:the wolf:the pig
Which animal is famous for its hump?:the camel:the dog:the rabbit:the otter
Which bird cannot fly?:the penguin:the eagle:the swallow:the sparrow
What do caterpillars become?:butterflies:frogs:birds:spiders
What do tadpoles become?:frogs:fish:snakes:ducks
What is the chemical formula of water?:H2O:CO2:NaCl:O3
Which metal do ordinary magnets attract?:iron:gold:silver:lead
What do we call an animal that eats only plants?:a herbivore:a carnivore:a mineral:a predator
What is the hardest natural material?:diamond:chalk:wood:wax
Which sense belongs to the nose?:smell:sight:hearing:touch
What instrument measures temperature?:a thermometer:a ruler:a compass:a clock
What instrument points north?:a compass:a thermometer:a scale:a clock"""
ANALOGIES = """Bird is to nest as bee is to:hive:sky:honey:flower
Hand is to glove as foot is to:sock:hat:ring:scarf
Day is to sun as night is to:moon:noon:cloud:rain
Puppy is to dog as kitten is to:cat:cow:horse:mouse
Hot is to cold as up is to:down:high:over:hill
Pilot is to aeroplane as driver is to:car:road:key:ticket
Teacher is to school as doctor is to:hospital:library:farm:theatre
Fish is to swim as bird is to:fly:nest:egg:feather
Pen is to write as knife is to:cut:fork:metal:sharp
Eye is to see as ear is to:hear:nose:head:loud
Finger is to hand as toe is to:foot:arm:knee:shoe
Bark is to dog as meow is to:cat:cow:bird:milk
Author is to book as painter is to:picture:brush:museum:wall
Milk is to cow as egg is to:hen:breakfast:shell:pan
Two is to four as three is to:six:five:nine:one
Summer is to hot as winter is to:cold:snowman:long:December
King is to queen as prince is to:princess:castle:crown:knight
Brother is to sister as father is to:mother:uncle:cousin:baby
Thirsty is to drink as hungry is to:eat:food:sleep:tired
Train is to rails as car is to:road:wheel:engine:garage
Monday is to Tuesday as Friday is to:Saturday:Thursday:Sunday:weekend
Leaf is to tree as petal is to:flower:garden:water:colour
Wool is to sheep as feather is to:goose:pillow:soft:wing
France is to Paris as Italy is to:Rome:Berlin:pizza:Europe
Square is to four as triangle is to:three:five:corner:shape"""
RHYMES = """cat:hat,dog,tree,moon dog:frog,cat,lamp,rain sun:fun,sky,hot,day moon:spoon,star,night,lamp tree:bee,leaf,wood,green house:mouse,door,home,roof
rain:train,wet,cloud,storm cake:lake,sweet,bread,plate light:night,lamp,dark,sun ring:king,gold,hand,round boat:goat,ship,river,sail bed:red,sleep,pillow,night
star:car,sky,night,bright ball:wall,kick,round,game book:cook,page,read,paper chair:bear,table,sit,wood"""


def pairs(text, separator=None):
    parts = text.replace("\n", " " if separator is None else "").split(separator)
    return [tuple(part.strip().replace("_", " ").split(":")) for part in parts if part.strip()]


def article(word):
    return ("an " if word[0] in "aeiou" else "a ") + word


class Suite:
    def __init__(self):
        self.random = random.Random(SEED)
        self.items = []

    def add(self, category, question, right, wrong):
        assert len(wrong) == 3 and len({right, *wrong}) == 4, (question, right, wrong)
        answer = len(self.items) % 4
        choices = self.random.sample(wrong, 3)
        choices.insert(answer, right)
        number = sum(item["category"] == category for item in self.items) + 1
        self.items.append({"id": f"{category}-{number:03d}", "category": category, "question": question, "choices": choices, "answer": answer})

    def drawn(self, category, rows, question, excluded=()):
        """Rows of (subject, right): wrong choices are other rows' right answers, but for those excluded with that right one."""
        answers = sorted({right for _, right in rows})
        for subject, right in rows:
            wrong = [other for other in answers if other != right and (right, other) not in excluded]
            self.add(category, question(subject), right, self.random.sample(wrong, 3))

    def written(self, category, rows):
        for question, right, *wrong in rows:
            self.add(category, question, right, wrong)


def build():
    suite = Suite()
    groups = {group: pairs(words) for group, words in OPPOSITES.items()}
    for group, rows in groups.items():
        others = sorted(right for name, more in groups.items() if name != group for _, right in more)
        own = {word for row in rows for word in row}
        for word, right in rows:
            wrong = suite.random.sample([other for other in others if other not in own], 3)
            suite.add("opposites", f"What is the opposite of \"{word}\"?", right, wrong)
    suite.drawn("capitals", pairs(CAPITALS), lambda country: f"What is the capital of {country}?")
    suite.drawn("colours", pairs(COLOURS, ";"), lambda thing: f"What colour is {thing}?")
    suite.drawn("animal-sounds", pairs(SOUNDS), lambda animal: f"Which sound does {article(animal)} make?")
    suite.drawn("young-animals", pairs(YOUNG), lambda animal: f"What is a young {animal} called?", {(young, "chick") for young in ("duckling", "cygnet", "eaglet")})
    kinds = [(word, kind) for kind, words in KINDS.items() for word in words.split()]
    suite.drawn("kinds", kinds, lambda word: f"Which kind of thing does the word \"{word}\" name?", ALSO_RIGHT)
    for category, table, ask in (("plurals", PLURALS, "What is the plural of \"{}\"?"), ("past-tense", PAST, "What is the past tense of \"{}\"?"),
                                 ("rhymes", RHYMES, "Which word rhymes with \"{}\"?")):
        for word, forms in pairs(table):
            right, *wrong = forms.split(",")
            suite.add(category, ask.format(word), right, wrong)
    for names, what in ((DAYS, "day"), (MONTHS, "month")):
        for step, place in ((1, "after"), (-1, "before")):
            for i, name in enumerate(names):
                right = names[(i + step) % len(names)]
                wrong = suite.random.sample([other for other in names if other not in (right, name)], 3)
                suite.add("calendar", f"Which {what} comes right {place} {name}?", right, wrong)
    suite.written("counts", pairs(UNITS.replace(" ", "_").replace("\n", ";"), ";"))
    suite.drawn("body", pairs(BODY), lambda verb: f"Which part of the body do you mainly use to {verb}?")
    suite.drawn("jobs", pairs(JOBS, ";"), lambda work: f"Who {work}?")
    suite.drawn("continents", pairs(CONTINENTS), lambda country: f"On which continent is {country}?")
    for category, table in (("common-sense", SENSE), ("science", SCIENCE), ("analogies", ANALOGIES)):
        suite.written(category, [line.split(":") for line in table.split("\n")])
    arithmetic(suite)
    return suite.items


def arithmetic(suite):
    asked = set()
    for sign, name in (("+", "plus"), ("-", "minus"), ("*", "times")):
        while sum(key[0] == sign for key in asked) < 16:
            a, b = suite.random.randint(2, 20 if sign != "*" else 10), suite.random.randint(2, 9)
            if (sign, a, b) in asked or (sign == "-" and a <= b):
                continue
            asked.add((sign, a, b))
            right = {"+": a + b, "-": a - b, "*": a * b}[sign]
            near = [value for value in range(max(0, right - 6), right + 8) if value != right]
            suite.add("arithmetic", f"What is {a} {name} {b}?", str(right), [str(value) for value in suite.random.sample(near, 3)])
    for _ in range(16):
        numbers = suite.random.sample(range(2, 99), 4)
        right = max(numbers)
        suite.add("arithmetic", "Which of the numbers " + ", ".join(map(str, sorted(numbers, key=str))) + " is the largest?", str(right),
                  [str(value) for value in numbers if value != right])
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for i in range(0, 24, 2):
        wrong = suite.random.sample([other for other in letters if other not in letters[i:i + 2]], 3)
        suite.add("alphabet", f"Which letter comes right after {letters[i]} in the alphabet?", letters[i + 1], wrong)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=pathlib.Path, default=SUITE, help="where to write")
    out = parser.parse_args().out
    items = build()
    out.write_text("".join(json.dumps(item, ensure_ascii=False) + "\n" for item in items), encoding="utf-8")
    print(f"{len(items)} items to {out}")


if __name__ == "__main__":
    main()
