namespace EdgeProxy.Engine.Tests.Languages.JsonPaths;

/// <summary>RFC 9535, 2.4: function expressions, well-formed and well-typed.</summary>
public sealed class FunctionSyntaxTests
{
    [Theory]
    [InlineData("length(@)<3")]
    [InlineData("length(@.a)==1")]
    [InlineData("length($)==1")]
    [InlineData("length($['a'][0])==1")]
    [InlineData("length('abc')==3")]
    [InlineData("length(1)==1")]
    [InlineData("length(true)==1")]
    [InlineData("length(null)==1")]
    [InlineData("length(-1.5e3)==1")]
    [InlineData("1==length(@)")]
    [InlineData("length(@)==length($)")]
    [InlineData("length(value(@.*))>1")]
    [InlineData("length(length(@))>1")]
    [InlineData("length(count(@))>1")]
    [InlineData("!(length(@)==1)")]
    [InlineData("(length(@)==1)")]
    [InlineData("count(@)==1")]
    [InlineData("count(@.a)==1")]
    [InlineData("count(@.*)==1")]
    [InlineData("count($..a)==1")]
    [InlineData("count(@[1:2,'a'])==1")]
    [InlineData("count(@[?@.a==1])==1")]
    [InlineData("count(@[?count(@.*)==1])==1")]
    [InlineData("value(@)==1")]
    [InlineData("value(@.*)==1")]
    [InlineData("value(@..color)=='red'")]
    [InlineData("value($..a)==value(@..a)")]
    [InlineData("match(@.a,'b')")]
    [InlineData("match('a','b')")]
    [InlineData("match(@.a,@.b)")]
    [InlineData("match(@.a,$.b)")]
    [InlineData("match(1,2)")]
    [InlineData("match(null,true)")]
    [InlineData("match(@.timezone,'Europe/.*')")]
    [InlineData("match(value(@..a),value(@..b))")]
    [InlineData("match(@.a,'[')")]
    [InlineData("!match(@.a,'b')")]
    [InlineData("! match(@.a,'b')")]
    [InlineData("(match(@.a,'b'))")]
    [InlineData("match(@.a,'b')&&search(@.a,'c')||@.d")]
    [InlineData("search(@.a,'b')")]
    [InlineData("!search(@.a,'b')")]
    [InlineData("length( @.a )==1")]
    [InlineData("match(\n@.a\t,\r'b' )")]
    [InlineData("count(@ .a [0])==1")]
    [InlineData("count(@[ 0 ])==1")]
    public void TryParse_WellTyped_Succeeds(string filter)
    {
        Json.Query($"$[?{filter}]");
    }

    [Theory]
    [InlineData("length()==1")]
    [InlineData("length(@,@)==1")]
    [InlineData("count()==1")]
    [InlineData("count(@,@)==1")]
    [InlineData("value()==1")]
    [InlineData("value(@,@)==1")]
    [InlineData("match()")]
    [InlineData("match(@.a)")]
    [InlineData("match(@.a,'b','c')")]
    [InlineData("search()")]
    [InlineData("search(@.a)")]
    [InlineData("search(@.a,'b','c')")]
    public void TryParse_WrongArity_Fails(string filter)
    {
        Json.Error($"$[?{filter}]");
    }

    [Theory]
    [InlineData("length(@.*)<3")]
    [InlineData("length(@..a)<3")]
    [InlineData("length(@[0,1])<3")]
    [InlineData("length(@[ 0 ])<3")]
    [InlineData("length(@[?@.a])<3")]
    [InlineData("length(match(@.a,'b'))<3")]
    [InlineData("length(@.a==1)<3")]
    [InlineData("length(@.a&&@.b)<3")]
    [InlineData("length((@.a))<3")]
    [InlineData("length(!@.a)<3")]
    [InlineData("count(1)==1")]
    [InlineData("count('a')==1")]
    [InlineData("count(true)==1")]
    [InlineData("count(length(@))==1")]
    [InlineData("count(value(@.*))==1")]
    [InlineData("count(match(@.a,'b'))==1")]
    [InlineData("count(@.a==1)==1")]
    [InlineData("count((@.a))==1")]
    [InlineData("value(1)==1")]
    [InlineData("value('a')==1")]
    [InlineData("value(length(@))==1")]
    [InlineData("match(@.*,'b')")]
    [InlineData("match(@.a,@.*)")]
    [InlineData("match(@.a,@..b)")]
    [InlineData("match(match(@.a,'b'),'c')")]
    [InlineData("search(@.*,'b')")]
    [InlineData("search(@.a,search(@.b,'c'))")]
    public void TryParse_WrongArgumentType_Fails(string filter)
    {
        Json.Error($"$[?{filter}]");
    }

    [Theory]
    [InlineData("length(@)")]
    [InlineData("!length(@)")]
    [InlineData("(length(@))")]
    [InlineData("length(@)&&@.a")]
    [InlineData("@.a||count(@.*)")]
    [InlineData("count(@.*)")]
    [InlineData("value(@..color)")]
    [InlineData("!value(@.a)")]
    [InlineData("match(@.a,'b')==true")]
    [InlineData("match(@.a,'b')!=false")]
    [InlineData("true==match(@.a,'b')")]
    [InlineData("search(@.a,'b')==true")]
    [InlineData("match(@.a,'b')==match(@.a,'b')")]
    [InlineData("!length(@)==1")]
    public void TryParse_WrongResultType_Fails(string filter)
    {
        Json.Error($"$[?{filter}]");
    }

    [Theory]
    [InlineData("foo(@.a)")]
    [InlineData("foo(@.a)==1")]
    [InlineData("foo()")]
    [InlineData("lengths(@)==1")]
    [InlineData("len(@)==1")]
    [InlineData("Length(@)==1")]
    [InlineData("LENGTH(@)==1")]
    [InlineData("count_(@)==1")]
    [InlineData("_count(@)==1")]
    [InlineData("1count(@)==1")]
    [InlineData("true()")]
    [InlineData("null(@)==1")]
    [InlineData("count(foo(@.*))==1")]
    public void TryParse_UnknownFunction_Fails(string filter)
    {
        Json.Error($"$[?{filter}]");
    }

    [Theory]
    [InlineData("length (@)==1")]
    [InlineData("length\n(@)==1")]
    [InlineData("length==1")]
    [InlineData("length")]
    [InlineData("length@==1")]
    [InlineData("length(@==1")]
    [InlineData("length(@)==1)")]
    [InlineData("length(,)==1")]
    [InlineData("length(@,)==1")]
    [InlineData("length(,@)==1")]
    [InlineData("length(a)==1")]
    [InlineData("length(@.a.length())==1")]
    [InlineData("@.length()==1")]
    [InlineData("match(@.a 'b')")]
    [InlineData("match(@.a;'b')")]
    [InlineData("match(@.a,,'b')")]
    [InlineData("match @.a,'b'")]
    [InlineData("length(@).a==1")]
    [InlineData("value(@.*).a")]
    [InlineData("value(@.*)[0]==1")]
    public void TryParse_MalformedCall_Fails(string filter)
    {
        Json.Error($"$[?{filter}]");
    }

    [Theory]
    [InlineData("$.length(@)")]
    [InlineData("$.length()")]
    [InlineData("$[length(@)]")]
    [InlineData("$[count(@.*)]")]
    [InlineData("length($)")]
    public void TryParse_CallOutsideFilter_Fails(string text)
    {
        Json.Error(text);
    }
}
