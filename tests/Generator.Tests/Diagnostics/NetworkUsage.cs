using System.Reflection;
using System.Runtime.CompilerServices;

namespace Unroll.Generator.Tests.Diagnostics;

/// <summary>Code of a user who uses all a network has: what generation adds, and every public member that <see cref="Unroll.Model"/> has in the runtime.</summary>
internal static class NetworkUsage
{
    private const BindingFlags Public = BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    private static readonly Type[] s_declaring = [typeof(Unroll.Model), typeof(ModelBase)];

    /// <summary>Of a type that can be created with <c>new</c>.</summary>
    public static string OfCreatable(string type) =>
        $"{Of(type)} public static class Creation {{ public static void All() {{ var one = new {type}(); var two = new {type}(42); var three = new {type}(seed: null); }} }}";

    /// <summary>Of a type whose instances come from <c>Load</c> alone.</summary>
    public static string Of(string type) => InClass($"{Constants(type)} {type} net = {type}.Load(\"weights\"); {Calls("net", type)}");

    /// <summary>Of a type without instances, which is asked itself.</summary>
    public static string OfStatic(string type) => InClass($"{Constants(type)} global::Unroll.Model net = {type}.Load(\"weights\"); {Calls(type, type)}");

    private static string InClass(string statements) => $"public static class Usage {{ public static void All() {{ {statements} }} }}";

    private static string Constants(string type) =>
        $"const int Sizes = 4 / {type}.InputSize + {type}.OutputSize + {type}.ParameterCount; global::Unroll.NetworkGraph graph = {type}.Graph;";

    private static string Calls(string instance, string type) => string.Concat(s_declaring.SelectMany(static declaring => declaring.GetMembers(Public)).SelectMany(member => member switch
    {
        MethodInfo { IsSpecialName: false } method => CallsOf(method, method.IsStatic ? type : instance),
        MethodInfo or ConstructorInfo => [],
        EventInfo notice => [$"{(notice.AddMethod!.IsStatic ? type : instance)}.{notice.Name} += {Default(notice.EventHandlerType!)};"],
        PropertyInfo property => UsesOf(property, property.GetAccessors()[0].IsStatic ? type : instance),
        _ => throw new NotSupportedException($"Model has {member}, which no rejected network gets."),
    }).Select(static (statement, index) => $"\n{{ {statement} }}"));

    private static IEnumerable<string> UsesOf(PropertyInfo property, string receiver)
    {
        yield return $"{Name(property.PropertyType)} value = {receiver}.{property.Name}!;";
        if (property.GetSetMethod() is not null)
        {
            yield return $"{receiver}.{property.Name} = {Default(property.PropertyType)};";
        }
    }

    // With what is required, with everything by name, and with elements in place of a collection.
    private static IEnumerable<string> CallsOf(MethodInfo method, string receiver)
    {
        string result = method.ReturnType == typeof(void) ? "" : $"{Name(method.ReturnType)} result = ";
        ParameterInfo[] parameters = method.GetParameters();
        IEnumerable<string> required = parameters.Where(static parameter => !parameter.IsOptional && !IsParams(parameter)).Select(static parameter => Default(parameter.ParameterType));
        yield return Call(required);
        yield return Call(parameters.Select(static parameter => $"{parameter.Name}: {Default(parameter.ParameterType)}"));
        if (parameters.LastOrDefault() is { } last && IsParams(last))
        {
            string element = Default(last.ParameterType.GetGenericArguments()[0]);
            yield return Call([.. required, element, element]);
        }

        string Call(IEnumerable<string> arguments) => $"{result}{receiver}.{method.Name}({string.Join(", ", arguments)});";
    }

    private static bool IsParams(ParameterInfo parameter) => parameter.IsDefined(typeof(ParamCollectionAttribute));

    private static string Default(Type type) => $"default({Name(type)})!";

    private static string Name(Type type) => type switch
    {
        { IsArray: true } => Name(type.GetElementType()!) + "[]",
        { IsGenericType: true } => $"global::{type.FullName!.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>",
        _ => "global::" + type.FullName,
    };
}
