import esX from "eslint-plugin-es-x";
import vue from "eslint-plugin-vue";
import typescript from "typescript-eslint";

export default typescript.config(
  { ignores: ["dist", "node_modules", ".generated"] },
  ...typescript.configs.strict,
  ...vue.configs["flat/recommended-error"],
  {
    files: ["**/*.vue"],
    languageOptions: { parserOptions: { parser: typescript.parser } },
  },
  {
    // Chrome 100 knows ES2022; what came later breaks the browsers of domestic systems.
    files: ["src/**/*.ts", "src/**/*.vue"],
    plugins: { "es-x": esX },
    rules: {
      ...esX.configs["flat/no-new-in-es2023"].rules,
      ...esX.configs["flat/no-new-in-es2024"].rules,
      ...esX.configs["flat/no-new-in-es2025"].rules,
    },
  },
  {
    rules: {
      eqeqeq: ["error", "always", { null: "ignore" }],
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_$", argsIgnorePattern: "^_" }],
      "no-restricted-syntax": ["error", { selector: "MemberExpression[property.name='innerHTML']", message: "No markup from text." }],
      "vue/no-v-html": "error",
      "vue/max-attributes-per-line": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/html-indent": "off",
      "vue/multi-word-component-names": "off",
      "vue/attributes-order": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/require-default-prop": "off",
      "@typescript-eslint/no-non-null-assertion": "error",
      "@typescript-eslint/no-dynamic-delete": "off",
    },
  },
);
