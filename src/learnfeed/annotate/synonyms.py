"""English words of everyday posts that may stand for each other where a dictionary has only one of them."""

from __future__ import annotations

_GROUPS = """
mother mom mum mama mommy mummy ma|father dad daddy papa pa|grandmother grandma granny nana nan
grandfather grandpa granddad grandad|child kid|childhood kid child young|baby infant newborn
aunt auntie aunty|brother bro|sister sis|parent folk mom dad|husband hubby spouse|wife spouse
boyfriend bf|girlfriend gf|friend buddy pal mate bestie|everyone everybody all guy|someone somebody
anyone anybody|guy man dude fellow bro|woman lady girl|boy lad|stranger foreigner|foreigner expat
student pupil|teacher instructor tutor professor|boss owner manager landlord|worker employee staff
police cop|doctor physician vet|veterinarian vet|cat kitty kitten|dog puppy pup doggy|rabbit bunny
chicken hen|rooster cock|cow ox cattle|sick ill unwell|illness sickness disease
tired exhausted sleepy weary|happy glad joyful merry cheerful pleased|happiness joy|sad unhappy upset
angry mad furious|afraid scared frightened|fear scare|anxious nervous worried tense
embarrassed awkward shy ashamed|beautiful pretty lovely gorgeous|handsome cute
lovable cute adorable lovely|lovely cute|delicious tasty yummy good amazing|fragrant amazing delicious
stinking stinky awful smelly|smelly stinky awful|excellent great awesome amazing
wonderful great amazing brilliant|awesome great cool amazing|formidable awesome amazing
good nice well great|bad awful terrible poor|clever smart intelligent|stupid dumb silly foolish
fool idiot|funny hilarious|amusing funny|strange weird odd|big large huge|small little tiny
enormous huge|fast quick rapid|quickly fast soon|slow slowly|difficult hard tough|easy simple
expensive pricey costly|cheap inexpensive|correct right|wrong incorrect mistaken|mistake error
error mistake wrong|important key|busy occupied|lively noisy bustling|quiet silent|clean tidy
dirty messy|enthusiastic kind warm|warmhearted kind|kind nice friendly|gentle tender kind|friendly nice
polite kind|generous kind|healthy fit|fat gain weight chubby|thin slim skinny|slim thin
weak feeble|strong powerful|crazy mad insane nuts|famous popular|popular hot trendy
fashionable trendy stylish|modern contemporary|ancient old|old ancient elderly|young youth
crisp crispy crunchy|crunchy crispy|soft tender|spicy hot|warm hot|freezing cold|cold chilly cool
cool chill|hungry starving|full stuffed|rich wealthy prosperity|wealth prosperity rich
fortune prosperity luck|lucky fortunate|luck fortune|finally eventually last|immediately instantly right
suddenly sudden|already yet|often frequently usually|always forever|maybe perhaps possibly
very really extremely so|really truly actually indeed|actually fact|especially particularly
probably likely|almost nearly|only just|together with|again another|before ago|later after
recently lately|currently now|now today|night evening tonight|evening night tonight
tonight night evening|morning a.m dawn|noon midday|holiday vacation festival|vacation holiday break
period time during|time moment|moment minute second|year age|begin start|start begin open
finish end complete done|end finish over|complete finish|stop quit cancel|resign quit|suspend cancel stop
cancel suspend|continue keep go|try attempt taste|taste try flavor eat|attempt try|help aid assist
aid help|buy purchase get|purchase buy|pay spend cost|spend cost pay|cost price|price cost
earn make gain|gain get|obtain get gain|receive get|give hand present|gift present|present gift
send mail deliver|deliver send bring|bring take carry|carry bring|take get grab|grasp grab hold
seize grab catch|hold grab|keep save|save keep store|store shop|shop store|restaurant eatery diner
inn hotel hostel|hotel inn|supermarket grocery|market mall|home house family|house home
family home household|room bedroom|roommate flatmate|apartment flat|toilet bathroom restroom washroom
bathroom toilet|road street way|street road|way road method|car automobile vehicle|vehicle car
bicycle bike|motorcycle motorbike|airplane plane flight|plane airplane flight|subway metro underground
metro subway|railway train|ship boat|ticket fare|trip travel journey tour|travel trip journey visit
journey trip|visit tour see|tourist traveler visitor|walk stroll|stroll walk|run jog|climb hike
hike climb|arrive reach get come|reach arrive get|return back|leave depart go|depart leave|enter come
hurry rush|stay live remain|live stay reside|reside live|see look watch|look see watch appear
watch look see|listen hear|hear listen|speak say talk tell|say speak tell talk|talk speak chat say
chat talk|tell say|ask inquire|inquire ask|answer reply respond|reply answer respond|discuss talk
call phone telephone shout|telephone phone call|shout yell call scream|yell shout|laugh smile lol
smile laugh|cry weep tear|weep cry|think feel believe|believe think|feel think|suppose think guess
guess think|consider think|know understand|understand know get|comprehend understand get
clear understand get|remember recall|recall remember|miss long|like love enjoy|love like enjoy favorite
enjoy like|fond like love|favorite love|hate dislike|want wish would|wish want hope|hope wish
need require|must have|should ought|can could able|may might|allow let permit|let allow make
cause make let|make do cook build|cook make|do make|manufacture make|create make|build construct make
construct build|pile build heap|heap pile build|repair fix mend|fix repair|use utilize|utilize use
wear dress put|clothes clothing outfit dress|clothing clothes|skirt dress|trousers pants|shirt top
jacket coat|coat jacket|shoe sneaker|hat cap|cap lid hat|lid cap|bag backpack|purse wallet|eat have
drink have|meal food dinner lunch|food meal dish eat|dish food meal cuisine|cuisine food dish
dinner supper|supper dinner|snack treat|dessert sweet|candy sweet|sweet candy|biscuit cookie
cookie biscuit|chips fries|tofu beancurd|dumpling jiaozi|noodle pasta|meat pork|porridge congee
soup broth|yuan kuai rmb bucks|currency yuan|money cash|cash money|sleep asleep bed|asleep sleep|wake awake
study learn|learn study|school class|class lesson course|lesson class|course class|homework assignment
exam test|test exam|examination exam test|essay composition|composition essay|university college
college university|word vocabulary|vocabulary word|character word|pronounce pronunciation say|book novel
story tale|movie film|film movie|picture photo image|photograph photo picture|photo picture
image picture|video clip|song music|music song|game play|play game|sport exercise|exercise workout
exercise practice sport|practice exercise train|train practice|win victory|lose miss|follow subscribe
attention follow|fan follower|like thumb|share post|post share|publish post|comment reply|message text
mobile phone cellphone|cellphone phone mobile|computer laptop pc|internet online web
network internet web|website site|account profile|wind breeze|sunny sun sunshine|sun sunshine|sea ocean
ocean sea|mountain hill|hill mountain|forest wood|flower blossom|grass lawn|garden yard|courtyard yard
yard garden|city town|town city|village countryside|countryside country village|country nation
nation country|place location spot|location place|scenery view landscape|view scenery|job work|work job
office company|company firm|salary wage pay|wage salary|idea thought|thought idea|problem question issue
question problem issue|matter thing issue|thing stuff|stuff thing|reason cause|result outcome
change switch exchange|exchange change switch|replace change|turn become|become turn get|increase rise
rise increase go|decrease reduce drop|reduce lower cut|fall drop|drop fall|throw toss|discard throw
pull drag|drag pull|close shut|shut close|find discover|discover find|search look find
choose pick select|select choose pick|pick choose|prepare ready|ready prepared|safe secure
danger dangerous risk|hurt ache pain sore|ache hurt pain|pain hurt ache|painful hurt sore|foot paw
claw paw|paw claw|belly stomach tummy|stomach belly tummy|die dead death|dead die|birth born|born birth
marry wedding|wedding marriage|congratulate congrats congratulations|congratulations congrats
thank thanks|thanks thank|sorry apologize|apologize sorry|goodbye bye|hello hi hey|ok okay
bless wish blessing|wish merry happy|greeting hi hello|auspicious lucky|relax chill rest
rest break relax|break rest|effort hard|strive work|diligent hardworking|patient patience|also too
alone myself oneself|oneself myself self|self oneself|minus below|below under zero|under below
above over|inside in|outside out|neighbor neighbour|next neighbor|color colour|flavor flavour taste
center centre|grey gray|program programme|theater theatre cinema|cinema movie theater|favorite favourite
tv television|television tv|fridge refrigerator|refrigerator fridge|rubbish garbage trash
garbage trash rubbish|trash garbage|elevator lift|autumn fall|soccer football|football soccer
pharmacy drugstore|medicine drug pill|drug medicine|hospital clinic|lawyer attorney|actor star
star celebrity|celebrity star idol|idol star|expert master|master expert|leader boss|colleague coworker
newbie newcomer beginner|newcomer newbie new|beginner newbie|native local|local native|tap click press
click tap press|press push click tap|button key|screen display|setting settings|install set|set setting
file document|document file|email mail|letter mail|customer client guest|guest customer visitor
delivery order|discount sale|sale discount|product item goods|goods product item|item product
"""


_LIGHT = frozenset(
    {
        "get",
        "have",
        "make",
        "do",
        "take",
        "go",
        "come",
        "set",
        "gain",
        "lose",
        "weight",
        "hard",
        "good",
        "great",
        "nice",
    }
    | {
        "well",
        "work",
        "right",
        "key",
        "like",
        "so",
        "now",
        "play",
        "way",
        "in",
        "over",
        "back",
        "just",
        "give",
        "use",
    }
)
"""Words that stand for too much to be read in the other direction."""


def _table() -> dict[str, frozenset[str]]:
    """For each word the words that may stand for it."""
    table: dict[str, set[str]] = {}
    for group in _GROUPS.strip().replace("\n", "|").split("|"):
        head, *others = group.split()
        table.setdefault(head, set()).update(others)
        for other in others:
            if other not in _LIGHT:
                table.setdefault(other, set()).add(head)
    return {head: frozenset(others) for head, others in table.items()}


SYNONYMS = _table()
"""A word of a gloss and the words a translator may use for it (lemmas)."""
