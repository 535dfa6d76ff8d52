package io.callisto.placeholder; class Placeholder {}
