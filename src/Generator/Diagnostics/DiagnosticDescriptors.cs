using Microsoft.CodeAnalysis;

namespace Unroll.Generator.Diagnostics;

/// <summary>Every diagnostic, one entry each. A new one needs a page in docs/diagnostics, a line in AnalyzerReleases.Unshipped.md and a test.</summary>
internal static partial class DiagnosticDescriptors
{
    public const string HelpLinkBase = "https://github.com/unroll-net/unroll/blob/main/docs/diagnostics/";

    /// <summary>UNR0001: the generated part needs the class to be partial.</summary>
    public static readonly DiagnosticDescriptor NotPartial = Error(
        "UNR0001", "Network is not partial", "Network {0} must be declared partial, but is declared '{1}'");

    /// <summary>UNR0002: shapes and parameter names belong to one class, not to a family of them.</summary>
    public static readonly DiagnosticDescriptor Generic = Error(
        "UNR0002", "Network is generic", "Network {0} must have no type parameters, but has <{1}>");

    /// <summary>UNR0003: a network is an object with parameters of its own.</summary>
    public static readonly DiagnosticDescriptor Static = Error(
        "UNR0003", "Network is static", "Network {0} must be a class that can be instantiated, but is declared '{1}'");

    /// <summary>UNR0004: only a class can derive from Model.</summary>
    public static readonly DiagnosticDescriptor NotAClass = Error(
        "UNR0004", "Network is not a class", "Network {0} must be a class, but is {1}");

    /// <summary>UNR0005: to reopen a nested class, its containing types are reopened too.</summary>
    public static readonly DiagnosticDescriptor NestedInNonPartial = Error(
        "UNR0005", "Network is nested in a type that is not partial", "Every type around network {0} must be partial, but {1} is declared '{2}'");

    /// <summary>UNR0006: a class nested in a generic type is generic.</summary>
    public static readonly DiagnosticDescriptor NestedInGeneric = Error(
        "UNR0006", "Network is nested in a generic type", "No type around network {0} may have type parameters, but there is {1}");

    /// <summary>UNR0007: the dropout rate would remove every input, or is no share at all.</summary>
    public static readonly DiagnosticDescriptor DropoutRateOutOfRange = Error(
        "UNR0007", "Dropout rate out of range", "Layer {0}: dropout rate must be in [0, 1), but is {1}");

    /// <summary>UNR0008: the base class is Model.</summary>
    public static readonly DiagnosticDescriptor OwnBaseClass = Error(
        "UNR0008", "Network has a base class of its own", "Network {0} derives from Unroll.Model and can have no other base class, but has {1}");

    /// <summary>UNR0009: <c>Load</c> creates an instance.</summary>
    public static readonly DiagnosticDescriptor Abstract = Error(
        "UNR0009", "Network is abstract", "Network {0} must be a class that can be instantiated, but is declared '{1}'");

    /// <summary>UNR0010: a generated file cannot see a type that is local to another file.</summary>
    public static readonly DiagnosticDescriptor FileLocal = Error(
        "UNR0010", "Network is local to a file", "Network {0} must be visible outside its file, but {1} is declared '{2}'");

    /// <summary>UNR0011: nothing to compile.</summary>
    public static readonly DiagnosticDescriptor NoLayers = Error(
        "UNR0011", "No layers", "{0} must have at least one layer attribute after [{1}], but has 0");

    /// <summary>UNR0012: layers alone do not make a network.</summary>
    public static readonly DiagnosticDescriptor LayersWithoutNetwork = Error(
        "UNR0012", "Layer attributes without [Network] or [Block]", "Type {0} must carry [Network(...)] or [Block] for its layers to be compiled, but carries only [{1}]");

    /// <summary>UNR0013: the order of attributes over several declarations is the order of files, which is no order to rely on.</summary>
    public static readonly DiagnosticDescriptor LayersOnTwoDeclarations = Error(
        "UNR0013",
        "Layers on two declarations",
        "All layers of {0} must stand on the declaration that carries [{1}], but [{2}] stands on another");

    /// <summary>UNR0014: every offset is computed from the input shape.</summary>
    public static readonly DiagnosticDescriptor MissingInputShape = Error(
        "UNR0014", "Network has no input shape", "Network {0}: {1} must give the shape of one sample, such as {2}, but gives {3}");

    /// <summary>UNR0015: an axis holds at least one value.</summary>
    public static readonly DiagnosticDescriptor InputSizeOutOfRange = Error(
        "UNR0015", "Input size out of range", "Network {0}: axis {1} of the input shape must be at least 1, but is {2}");

    /// <summary>UNR0016: a layer has at least one unit.</summary>
    public static readonly DiagnosticDescriptor UnitsOutOfRange = Error(
        "UNR0016", "Units out of range", "Layer {0}: units must be at least 1, but is {1}");

    /// <summary>UNR0017: a negative penalty rewards large weights.</summary>
    public static readonly DiagnosticDescriptor PenaltyOutOfRange = Error(
        "UNR0017", "Penalty out of range", "Layer {0}: {1} must be a finite number of at least 0, but is {2}");

    /// <summary>UNR0018: a number cast to an enum that has no such member.</summary>
    public static readonly DiagnosticDescriptor UnknownEnumValue = Error(
        "UNR0018", "No such enum value", "Layer {0}: {1} must be a member of {2}, but is {3}");

    /// <summary>UNR0019: a name becomes part of parameter names and of identifiers.</summary>
    public static readonly DiagnosticDescriptor UnusableName = Error(
        "UNR0019", "Unusable layer name", "{0}: {1} must be made of letters, digits and underscores, but is {2}");

    /// <summary>UNR0020: parameters are found by their layer's name.</summary>
    public static readonly DiagnosticDescriptor DuplicateName = Error(
        "UNR0020", "Duplicate layer name", "{0}: the name must differ from every other layer's and input's, but {1} has it too");

    /// <summary>UNR0021: the generated part declares this member.</summary>
    public static readonly DiagnosticDescriptor MemberTaken = Error(
        "UNR0021", "Member is generated", "Network {0} gets {1} from the generator and must not declare it, but declares '{2}'");

    /// <summary>UNR0022: every other constructor would have to call the primary one.</summary>
    public static readonly DiagnosticDescriptor PrimaryConstructor = Error(
        "UNR0022", "Network has a primary constructor", "Network {0} must have no primary constructor, but has {1}");

    /// <summary>UNR0023: the attribute does not bind. The C# compiler's own error says why, so this is no second one.</summary>
    public static readonly DiagnosticDescriptor UnreadableArgument = Info(
        "UNR0023", "Unreadable attribute argument", "{0}: the arguments must be constants that fit the attribute, but it reads {1}");

    /// <summary>UNR0024: the runtime is newer than the generator.</summary>
    public static readonly DiagnosticDescriptor UnknownLayer = Error(
        "UNR0024", "Unknown layer", "Network {0}: a layer must be one this version of the generator knows, but is [{1}]");

    /// <summary>UNR0025: one arena holds a block of samples, indexed by int.</summary>
    public static readonly DiagnosticDescriptor ShapeTooLarge = Error(
        "UNR0025",
        "Shape too large",
        "{0}: {1} takes the values of one sample, rows padded to 16, past {2}, the most that one block of samples has room for, to {3}");

    /// <summary>UNR0026: one arena holds all parameters.</summary>
    public static readonly DiagnosticDescriptor TooManyParameters = Error(
        "UNR0026",
        "Too many parameters",
        "Layer {0}: an output of {1} takes the network's parameters, rows padded to 16, past {2} values, the most that one arena holds, to {3}");

    /// <summary>UNR0027: the layers after softmax see shares of 1 instead of features.</summary>
    public static readonly DiagnosticDescriptor SoftmaxBeforeLastLayer = Warning(
        "UNR0027", "Softmax before the last layer", "Layer {0}: softmax belongs at the end of a network, but is followed by {1}");

    /// <summary>UNR0028: two activations in a row.</summary>
    public static readonly DiagnosticDescriptor ActivationAfterActivation = Warning(
        "UNR0028", "Activation after activation", "Layer {0}: {1} should follow a linear layer, but follows {2}, which applies {3} already");

    /// <summary>UNR0029: a head of several sigmoids says several labels, which is often not what is meant.</summary>
    public static readonly DiagnosticDescriptor WideSigmoidHead = Info(
        "UNR0029",
        "Sigmoid over several outputs",
        "Layer {0}: sigmoid over several outputs means that labels are independent; use Softmax if exactly one applies; outputs: {1}");

    /// <summary>UNR0030: generated code uses the language of the oldest supported SDK.</summary>
    public static readonly DiagnosticDescriptor LanguageTooOld = Error(
        "UNR0030", "Language version too old", "Network {0} needs C# {1} or later, but is compiled as C# {2}");

    /// <summary>UNR0031: a share of one is 1, whatever the input.</summary>
    public static readonly DiagnosticDescriptor SoftmaxOverOneValue = Warning(
        "UNR0031", "Softmax over one value", "Layer {0}: softmax needs at least 2 values on the last axis, or gives 1 for any input, but its shape is {1}");

    /// <summary>UNR0032: nobody could give the values.</summary>
    public static readonly DiagnosticDescriptor RequiredMember = Error(
        "UNR0032",
        "Network has a required member",
        "Network {0} is created by the generated Load without further values and must have no required member, but has {1}");

    /// <summary>UNR0033: only the generated constructor can give the base class what it needs.</summary>
    public static readonly DiagnosticDescriptor ConstructorWithoutThis = Error(
        "UNR0033",
        "Constructor does not call the generated one",
        "Network {0}: a constructor must begin with this(), this(seed) or another of its constructors that does, but {1} does not");

    /// <summary>UNR0047: larger than its author allows.</summary>
    public static readonly DiagnosticDescriptor OverBudget = Error(
        "UNR0047",
        "Network exceeds its budget",
        "Network {0} must have at most {1} {2}, but has {3}, {4} too many; layer {5} (input {6}) costs most: {7}");

    /// <summary>UNR0048: no network is that small.</summary>
    public static readonly DiagnosticDescriptor BudgetOutOfRange = Error(
        "UNR0048", "Budget out of range", "Network {0}: {1} of its budget must be at least 1, but is {2}");

    /// <summary>UNR0049: a budget of nothing.</summary>
    public static readonly DiagnosticDescriptor BudgetWithoutNetwork = Error(
        "UNR0049", "Budget without [Network]", "Type {0} must carry [Network(...)] for its budget to be checked, but carries only [{1}]");

    /// <summary>UNR0050: a class for each row of an image is rarely meant.</summary>
    public static readonly DiagnosticDescriptor SoftmaxAtSeveralPositions = Info(
        "UNR0050",
        "Softmax at several positions",
        "Layer {0}: softmax gives one distribution for each position of its output {1}; put [Flatten] before the first Dense if one for the whole sample is meant");

    /// <summary>UNR0074: a number cast to an enum that has no such member.</summary>
    public static readonly DiagnosticDescriptor UnknownPrecision = Error(
        "UNR0074", "No such precision", "Network {0}: InferenceWeights must be a member of WeightPrecision, but is {1}");

    /// <summary>UNR9999: a defect of the generator.</summary>
    public static readonly DiagnosticDescriptor InternalError = Error(
        "UNR9999", "Internal error", "Network {0}: the generator failed in stage {1}; this is a defect of Unroll, please report it: {2}");

    // Without a static constructor the runtime need not have filled the table when it is read.
    static DiagnosticDescriptors()
    {
    }

    public static IReadOnlyDictionary<string, DiagnosticDescriptor> ById => DescriptorTable.ById;

    private static DiagnosticDescriptor Error(string id, string title, string message) => Add(id, title, message, DiagnosticSeverity.Error);

    private static DiagnosticDescriptor Warning(string id, string title, string message) => Add(id, title, message, DiagnosticSeverity.Warning);

    private static DiagnosticDescriptor Info(string id, string title, string message) => Add(id, title, message, DiagnosticSeverity.Info);

    private static DiagnosticDescriptor Add(string id, string title, string message, DiagnosticSeverity severity) => DescriptorTable.Add(
        new DiagnosticDescriptor(
            id, title, message, "Unroll", severity, isEnabledByDefault: true, helpLinkUri: HelpLinkBase + id + ".md"));
}
