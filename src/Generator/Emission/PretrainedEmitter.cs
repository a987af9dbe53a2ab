using Unroll.Generator.Planning;

namespace Unroll.Generator.Emission;

/// <summary>Writes the members of a network whose weights are in its assembly.</summary>
internal static class PretrainedEmitter
{
    private const string Runtime = "global::Unroll.Compiled.EmbeddedFile";

    public static void Write(CodeWriter writer, NetworkPlan plan)
    {
        if (plan.Network.Model.Pretrained is not { File: { } weights } pretrained)
        {
            return;
        }

        string name = plan.Network.Model.Header.Name;
        writer.Line($$"""
            {{TypeShell.GeneratedField}}
            private static {{name}}? __pretrained;

            /// <summary>The network with the weights of <c>{{Documented(weights.Path)}}</c>, which are in the assembly: one for the whole program, loaded at the first use.</summary>
            /// <remarks>Any number of threads may predict with it. To train on, take one of your own: <see cref="LoadPretrained"/>.</remarks>
            /// <exception cref="global::System.IO.InvalidDataException">A weight is NaN.</exception>
            {{TypeShell.GeneratedCode}}
            public static {{name}} Pretrained => global::System.Threading.LazyInitializer.EnsureInitialized(ref __pretrained, static () => LoadPretrained());

            /// <summary>A network of its own with the weights of <c>{{Documented(weights.Path)}}</c>, which are in the assembly.</summary>
            /// <exception cref="global::System.IO.InvalidDataException">A weight is NaN.</exception>
            {{TypeShell.GeneratedCode}}
            public static {{name}} LoadPretrained()
            {
                {{name}} model = new(seed: 0);
                {{Runtime}}.LoadWeights(model, typeof({{name}}).Assembly, {{CSharpLiteral.Of(weights.Resource)}});
                return model;
            }

            """);
        if (pretrained.Vectors is { } vectors)
        {
            writer.Line($$"""
                /// <summary>Predicts the inputs in <c>{{Documented(vectors.Path)}}</c>, which are in the assembly, and holds the predictions against the outputs there.</summary>
                /// <returns>The largest |difference|.</returns>
                /// <exception cref="global::System.InvalidOperationException">It is above 1e-4 of the larger of 1 and the expected values.</exception>
                {{TypeShell.GeneratedCode}}
                public override float SelfTest() => {{Runtime}}.SelfTest(this, typeof({{name}}).Assembly, {{CSharpLiteral.Of(vectors.Resource)}});

                """);
        }
    }

    private static string Documented(string path) => path.Replace("&", "&amp;").Replace("<", "&lt;");
}
